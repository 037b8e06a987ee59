using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Contracts.Membership;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Network;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
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
    private readonly ProtocolVersions _supported;
    private UpgradeRecord? _upgrade;

    /// <summary>A chain whose rows stand at <paramref name="head"/>; <see cref="ChainOpener"/> makes it.</summary>
    public ChainState(IBlockStore blocks, IStateStore store, Hash256 genesisHash, ChainHead head, SparseMerkleTree tree, ValidatorSet decidedBy, ValidatorSet next, ProtocolVersions supported)
    {
        _blocks = blocks;
        _store = store;
        _state = new HeadState(store, tree);
        _supported = supported;
        GenesisHash = genesisHash;
        Head = head;
        DecidedBy = decidedBy;
        Next = next;
        Signers = new SignerDirectory(_state);
        Parameters = ChainParameters.Read(_state);
        _upgrade = UpgradeSchedule.Read(_state);
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

    /// <summary>Versions that this program knows.</summary>
    public ProtocolVersions Supported => _supported;

    /// <summary>Version of the protocol that the height above is decided and executed under.</summary>
    public uint Version => UpgradeSchedule.VersionAt(_upgrade, Height.Next);

    /// <summary>The context of the block above the head.</summary>
    public BlockContext Above(UnixTime time) => new(Chain, Height.Next, time, Version);

    /// <summary>What operators must know of an upgrade that is scheduled and that this program cannot follow; null when there is none.</summary>
    public string? UpgradeDue => _upgrade is { NextVersion: > 0 } due && due.ActivationHeight > Height.Value && !_supported.Includes(due.NextVersion)
        ? $"Protocol version {due.NextVersion} is in force from height {due.ActivationHeight} on. This program supports version {_supported}: install one that supports {due.NextVersion} before."
        : null;

    /// <summary>Stops a program that does not know the version in force above the head, before it builds, votes or applies.</summary>
    public void ThrowIfOutdated()
    {
        if (!_supported.Includes(Version)) throw new OutdatedProgramException(Height.Next, Version, _supported);
    }

    /// <summary>Executes transactions as the block above the head, leaving the head as it is.</summary>
    public ExecutedBlock Execute(UnixTime time, IReadOnlyList<SignedTransaction> transactions)
    {
        ThrowIfOutdated();
        var outcome = _executor.Execute(_state, Above(time), transactions, Next);
        var changes = new StateLeafChange[outcome.Writes.Count];
        var hashes = new Hash256[changes.Length];
        Sm3Batch.Hash([], outcome.Writes, static write => write.Value.GetValueOrDefault(), hashes);
        for (var i = 0; i < changes.Length; i++) changes[i] = new StateLeafChange(outcome.Writes[i].Key.Hash, outcome.Writes[i].Value is null ? null : hashes[i]);

        return new ExecutedBlock(outcome, changes, Tree.Apply(changes), Block.ReceiptRoot(outcome.Receipts));
    }

    /// <summary>Stores the decided block (one flush), then its state changes (one transaction), and moves the head.</summary>
    public CommittedBlock Append(Block block, CommitCertificate certificate, ExecutedBlock executed)
    {
        ThrowUnlessFollows(block, executed);
        var committed = CommittedBlock.Of(block, certificate, executed.Outcome.Receipts);
        _blocks.Append(committed); // T8 Decision: from here on nothing is lost
        Apply(committed, executed);
        return committed;
    }

    /// <summary>Brings the state up by a block that the block store already holds.</summary>
    public void Replayed(CommittedBlock committed)
    {
        var executed = Execute(committed.Block.Header.Time, committed.Block.Transactions);
        if (!RootsMatch(committed.Block.Header, executed))
            throw new NodeFaultException($"{DivergedException.Words(committed.Block.Header, executed)} {ReceiptDifference.Describe(committed.Receipts, executed.Outcome.Receipts)}") { Reason = StandingCodes.Diverged };
        ThrowUnlessFollows(committed.Block, executed);
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
            if (write.Key == StateKeys.Upgrade) _upgrade = UpgradeSchedule.Read(_state);
            if (write.Key == StateKeys.Nodes) Nodes = ListedNodes.Read(_state);
        }
    }

    private void ThrowUnlessFollows(Block block, ExecutedBlock executed)
    {
        var header = block.Header;
        if (header.Height != Height.Next || header.Fields.Parent != Head.Header.Digest)
            throw new NodeFaultException($"Block {header.Height} was decided, but it does not follow the head at {Height}.");
        if (!RootsMatch(header, executed)) throw new DivergedException(block, executed);
    }
}
