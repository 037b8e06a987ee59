using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.BlockProduction;

/// <summary>
/// Brings a chain up from its stores: genesis when they are empty, else the rows checked against their root and the blocks above them executed again. The block files may begin above
/// genesis (a snapshot, the archive), end below the rows, or have holes: what the rows do not need is healed later.
/// </summary>
internal static class ChainOpener
{
    // A set of 100 validators has some 10 KB.
    private const int MaxSetBytes = 64 * 1024;

    /// <summary>
    /// Opens the chain. Throws <see cref="StateDamagedException"/> when the rows must be built anew, <see cref="CorruptStorageException"/> when they cannot be, and
    /// <see cref="NodeFaultException"/> when the folder is another chain's or executing a block gives other roots than were decided.
    /// </summary>
    public static ChainState Open(IBlockStore blocks, IStateStore store, GenesisOutcome genesis, ProtocolVersions? supported = null)
    {
        var tree = SparseMerkleTree.Empty.Apply([.. genesis.Writes.Select(w => new StateLeafChange(w.Key.Hash, Sm3.Hash(w.Value!.Value.Span)))]);
        var first = GenesisBlock(genesis, tree.Root);
        if (blocks.TryRead(new Height(0), out var held) && held.Block.Header.Digest != first.Block.Header.Digest)
            throw OtherChain($"its genesis block is {held.Block.Header.Digest}, the genesis document gives {first.Block.Header.Digest}");

        var chain = store.OpenedAt is { } mark ? FromRows(blocks, store, genesis, mark, supported ?? ProtocolVersions.Supported) : FromGenesis(blocks, store, genesis, first, tree, supported ?? ProtocolVersions.Supported);
        while (blocks.Head is { } head && chain.Height < head && blocks.TryRead(chain.Height.Next, out var next)) chain.Replayed(next);
        chain.ThrowIfOutdated();
        return chain;
    }

    private static ChainState FromGenesis(IBlockStore blocks, IStateStore store, GenesisOutcome genesis, CommittedBlock first, SparseMerkleTree tree, ProtocolVersions supported)
    {
        if (blocks.Head is not null && blocks.Lowest.Value > 0)
            throw new CorruptStorageException($"There is no state, and the block files begin at height {blocks.Lowest}: it cannot be built from them. Move the archived segments back, or keep votes.wal, remove blocks and state.db, and join again by a snapshot (licencechain node join).");
        blocks.Append(first);
        var mark = new StateMark(ChainHead.Of(first), genesis.Validators.ToMessage().ToByteArray(), genesis.GenesisHash);
        store.Commit(new StateCommit(mark, genesis.Writes, []));
        return new ChainState(blocks, store, genesis.GenesisHash, mark.Head, tree, genesis.Validators, genesis.Validators, supported);
    }

    private static ChainState FromRows(IBlockStore blocks, IStateStore store, GenesisOutcome genesis, StateMark mark, ProtocolVersions supported)
    {
        if (mark.GenesisHash != genesis.GenesisHash) throw OtherChain($"its genesis document has the hash {mark.GenesisHash}, the configured one {genesis.GenesisHash}");
        blocks.ExtendTo(mark.Head); // a block is flushed before its rows are written: what is not here was here
        if (blocks.TryRead(mark.Height, out var at) && at.Block.Header.Digest != mark.Head.Header.Digest)
            throw new StateDamagedException($"It stands after another block {mark.Height} than the block files hold.");
        var tree = store.LoadTree();
        if (tree.Root != mark.Root) throw new StateDamagedException($"Its rows give the root {tree.Root}, block {mark.Height} says {mark.Root}.");
        if (!TryReadSet(mark.DecidedBy.Span, out var decidedBy) || !store.TryGet(StateKeys.Validators, out var encoded) || !TryReadSet(encoded.Span, out var next))
            throw new StateDamagedException("It holds no sound validator set.");

        var chain = new ChainState(blocks, store, genesis.GenesisHash, mark.Head, tree, decidedBy, next, supported);
        var window = chain.Parameters.ValidityWindow;
        var from = mark.Height.Value > window ? new Height(mark.Height.Value - window) : new Height(0);
        foreach (var (transaction, height) in store.TransactionsFrom(from)) chain.Replay.Add(transaction, height);
        return chain;
    }

    private static NodeFaultException OtherChain(string why) => new($"The data directory holds another chain: {why}.");

    private static bool TryReadSet(ReadOnlySpan<byte> bytes, out ValidatorSet set)
    {
        ValidatorSet? found = null;
        var ok = CanonicalProto.TryParse(ValidatorSetMessage.Parser, bytes, MaxSetBytes, out var message) && ValidatorSet.TryFrom(message, out found);
        set = found!;
        return ok;
    }

    private static CommittedBlock GenesisBlock(GenesisOutcome genesis, Hash256 stateRoot)
    {
        var set = genesis.Validators.Hash;
        var header = BlockHeader.Of(new HeaderFields(
            genesis.Chain, new Height(0), genesis.GenesisHash, genesis.Time, Hash256.Zero, Block.TransactionRoot([]), stateRoot, Block.ReceiptRoot([]), set, set, Hash256.Zero));
        return CommittedBlock.Of(Block.Of(header, [], null), null, []);
    }
}
