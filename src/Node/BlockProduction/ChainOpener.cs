using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.BlockProduction;

/// <summary>Brings a chain up from its stores: genesis when they are empty, else the rows checked against their root and the blocks above them executed again.</summary>
internal static class ChainOpener
{
    // A set of 100 validators has some 10 KB.
    private const int MaxSetBytes = 64 * 1024;

    /// <summary>Opens the chain. Throws <see cref="CorruptStorageException"/> or <see cref="NodeFaultException"/> when the stores contradict each other or the genesis.</summary>
    public static ChainState Open(IBlockStore blocks, IStateStore store, GenesisOutcome genesis)
    {
        var genesisTree = SparseMerkleTree.Empty.Apply([.. genesis.Writes.Select(w => new StateLeafChange(w.Key.Hash, Sm3.Hash(w.Value!.Value.Span)))]);
        var first = GenesisBlock(genesis, genesisTree.Root);
        if (blocks.Head is null) blocks.Append(first);
        if (blocks.TryRead(new Height(0), out var held) && held.Block.Header.Digest != first.Block.Header.Digest)
            throw new NodeFaultException($"The data directory holds another chain: its genesis block is {held.Block.Header.Digest}, the genesis document gives {first.Block.Header.Digest}.");

        var chain = store.OpenedAt is { } mark ? FromRows(blocks, store, genesis, mark) : FromGenesis(blocks, store, genesis, first, genesisTree);
        while (chain.Height < blocks.Head!.Value)
        {
            if (!blocks.TryRead(chain.Height.Next, out var next)) throw new CorruptStorageException($"Block {chain.Height.Next} is missing.");
            chain.Replayed(next);
        }

        return chain;
    }

    private static ChainState FromGenesis(IBlockStore blocks, IStateStore store, GenesisOutcome genesis, CommittedBlock first, SparseMerkleTree tree)
    {
        var mark = new StateMark(new Height(0), tree.Root, genesis.Validators.ToMessage().ToByteArray());
        store.Commit(new StateCommit(mark, genesis.Writes, []));
        return new ChainState(blocks, store, genesis.GenesisHash, first, tree, genesis.Validators, genesis.Validators);
    }

    private static ChainState FromRows(IBlockStore blocks, IStateStore store, GenesisOutcome genesis, StateMark mark)
    {
        if (!blocks.TryRead(mark.Height, out var at))
            throw new CorruptStorageException($"The state stands at block {mark.Height}, which the block files no longer hold: blocks that were flushed are gone. Restore them, or empty the data directory and let the node fetch the chain.");
        var tree = store.LoadTree();
        if (tree.Root != mark.Root || tree.Root != at.Block.Header.Fields.StateRoot)
            throw new NodeFaultException($"The state's rows give the root {tree.Root}, block {mark.Height} says {at.Block.Header.Fields.StateRoot}. The rows are derived: remove state.db and they are built again from the blocks.");
        if (!TryReadSet(mark.DecidedBy.Span, out var decidedBy) || !store.TryGet(StateKeys.Validators, out var encoded) || !TryReadSet(encoded.Span, out var next))
            throw new CorruptStorageException("The state holds no sound validator set. Remove state.db and it is built again from the blocks.");

        var chain = new ChainState(blocks, store, genesis.GenesisHash, at, tree, decidedBy, next);
        var window = chain.Parameters.ValidityWindow;
        var from = mark.Height.Value > window ? new Height(mark.Height.Value - window) : new Height(0);
        foreach (var (transaction, height) in store.TransactionsFrom(from)) chain.Replay.Add(transaction, height);
        return chain;
    }

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
