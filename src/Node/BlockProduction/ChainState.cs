using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.BlockProduction;

/// <summary>The chain up to its head: header, validator sets, state. The one place that executes blocks on it and moves it on. The loop's own.</summary>
internal sealed class ChainState
{
    // First bytes of StateKeys.Member and StateKeys.Key.
    private const byte MemberPrefix = (byte)'m';
    private const byte KeyPrefix = (byte)'k';

    private readonly IBlockStore _blocks;
    private readonly IStateStore _store;
    private readonly BlockExecutor _executor = new();
    private readonly HeadState _state;

    /// <summary>A chain whose rows stand at <paramref name="head"/>; <see cref="ChainOpener"/> makes it.</summary>
    public ChainState(IBlockStore blocks, IStateStore store, Hash256 genesisHash, ChainHead head, SparseMerkleTree tree, ValidatorSet decidedBy, ValidatorSet next)
    {
        _blocks = blocks;
        _store = store;
        _state = new HeadState(store, tree);
        GenesisHash = genesisHash;
        Head = head;
        DecidedBy = decidedBy;
        Next = next;
        Signers = new SignerDirectory(_state);
        Parameters = ChainParameters.Read(_state);
        Nodes = ListedNodes.Read(_state);
    }

    /// <summary>The chain.</summary>
    public ChainId Chain => Head.Header.Fields.Chain;

    /// <summary>SM3 of the genesis document.</summary>
    public Hash256 GenesisHash { get; }

    /// <summary>The last block's header and certificate.</summary>
    public ChainHead Head { get; private set; }

    /// <summary>Height of the head.</summary>
    public Height Height => Head.Height;

    /// <summary>The set that decided the head.</summary>
    public ValidatorSet DecidedBy { get; private set; }

    /// <summary>The set that decides the height above.</summary>
    public ValidatorSet Next { get; private set; }

    /// <summary>Parameters at the head.</summary>
    public ChainParameters Parameters { get; private set; }

    /// <summary>Nodes that the chain lists at the head; another list after a block that changed it.</summary>
    public IReadOnlyList<PeerConfiguration> Nodes { get; private set; }

    /// <summary>Keys and members at the head, parsed once.</summary>
    public SignerDirectory Signers { get; }

    /// <summary>Ids that may not come again.</summary>
    public ReplayWindow Replay { get; } = new();

    /// <summary>The state at the head.</summary>
    public IStateReader State => _state;

    /// <summary>The tree at the head.</summary>
    public SparseMerkleTree Tree => _state.Tree;

    /// <summary>Executes transactions as the block above the head, leaving the head as it is.</summary>
    public ExecutedBlock Execute(UnixTime time, IReadOnlyList<SignedTransaction> transactions)
    {
        var outcome = _executor.Execute(_state, new BlockContext(Chain, Height.Next, time), transactions);
        var changes = new StateLeafChange[outcome.Writes.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var write = outcome.Writes[i];
            changes[i] = new StateLeafChange(write.Key.Hash, write.Value is { } value ? Sm3.Hash(value.Span) : null);
        }

        return new ExecutedBlock(outcome, Tree.Apply(changes), Block.ReceiptRoot(outcome.Receipts));
    }

    /// <summary>Stores the decided block (one flush), then its state changes (one transaction), and moves the head.</summary>
    public CommittedBlock Append(Block block, CommitCertificate certificate, ExecutedBlock executed)
    {
        ThrowUnlessFollows(block.Header, executed);
        var committed = CommittedBlock.Of(block, certificate, executed.Outcome.Receipts);
        _blocks.Append(committed); // T8 Decision: from here on nothing is lost
        Apply(committed, executed);
        return committed;
    }

    /// <summary>Brings the state up by a block that the block store already holds.</summary>
    public void Replayed(CommittedBlock committed)
    {
        var executed = Execute(committed.Block.Header.Time, committed.Block.Transactions);
        ThrowUnlessFollows(committed.Block.Header, executed);
        Apply(committed, executed);
    }

    /// <summary>True when the roots computed here are those of the header.</summary>
    public static bool RootsMatch(BlockHeader header, ExecutedBlock executed) =>
        header.Fields.StateRoot == executed.StateRoot
        && header.Fields.ReceiptRoot == executed.ReceiptRoot
        && header.Fields.NextValidatorsHash == executed.Outcome.NextValidators.Hash;

    private void Apply(CommittedBlock committed, ExecutedBlock executed)
    {
        var header = committed.Block.Header;
        var ids = new TransactionId[committed.Block.Transactions.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = committed.Block.Transactions[i].Id;
            Replay.Add(ids[i], header.Height);
        }

        // T9 State.
        var head = ChainHead.Of(committed);
        var changed = header.Fields.NextValidatorsHash != header.Fields.ValidatorsHash;
        _store.Commit(new StateCommit(new StateMark(head, Next.ToMessage().ToByteArray(), GenesisHash), executed.Outcome.Writes, ids)
        {
            SetChange = changed ? new SetChange(header, committed.Certificate!, executed.Outcome.NextValidators) : null,
        });
        _state.Tree = executed.Tree;
        Head = head;
        DecidedBy = Next;
        Next = executed.Outcome.NextValidators;
        Replay.Slide(header.Height, Parameters.ValidityWindow);
        Refresh(executed.Outcome.Writes);
    }

    private void Refresh(IReadOnlyList<StateWrite> writes)
    {
        foreach (var write in writes)
        {
            if (write.Key.Span[0] == MemberPrefix || write.Key.Span[0] == KeyPrefix) Signers.Forget();
            if (write.Key == StateKeys.Parameters) Parameters = ChainParameters.Read(_state);
            if (write.Key == StateKeys.Nodes) Nodes = ListedNodes.Read(_state);
        }
    }

    private void ThrowUnlessFollows(BlockHeader header, ExecutedBlock executed)
    {
        if (header.Height != Height.Next || header.Fields.Parent != Head.Header.Digest)
            throw new NodeFaultException($"Block {header.Height} was decided, but it does not follow the head at {Height}.");
        if (!RootsMatch(header, executed))
            throw new NodeFaultException($"Block {header.Height} was decided with state root {header.Fields.StateRoot}; executing it here gives {executed.StateRoot}. This node has diverged: keep its data for examination and start it from an empty data directory.") { Reason = StandingCodes.Diverged };
    }
}
