using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.BlockProduction;

/// <summary>A chain at its genesis over real stores, with the parts that build and check blocks; workers answer on the spot.</summary>
internal sealed class TestChain : IVerificationPool, INodeClock, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SegmentBlockStore _blocks;
    private readonly SqliteStateStore _state;
    private readonly TestNetwork _network;

    public TestChain(TestNetwork network)
    {
        _network = network;
        _blocks = SegmentBlockStore.Open(new DiskFolder(_folder.File("blocks")));
        _state = SqliteStateStore.Open(_folder.File("state.db"));
        Chain = ChainOpener.Open(_blocks, _state, GenesisFile.Read(network.Configurations[0].GenesisPath));
        Check = new BlockCheck(Chain, Outcomes, Verified, new BlockSizing(this), this);
    }

    public ChainState Chain { get; }

    public OutcomeCache Outcomes { get; } = new();

    public VerifiedSignatures Verified { get; } = new();

    public BlockCheck Check { get; }

    public UnixTime Now => new(1);

    public int SignatureChecks { get; private set; }

    private NodeEvent.BlockSignaturesChecked? Answer { get; set; }

    public void Submit(NodeWork work)
    {
        SignatureChecks++;
        Answer = (NodeEvent.BlockSignaturesChecked)work.Run();
    }

    /// <summary>A block as another node would build it.</summary>
    public Block Build(params SignedTransaction[] transactions)
    {
        var pool = new TransactionPool();
        foreach (var transaction in transactions) pool.TryAdd(new PendingTransaction(transaction, _network.Members[0].Code, null, false));
        return new BlockBuilder(Chain, pool, new OutcomeCache(), new BlockSizing(this), new NodeSigner(_network.Members[0].Consensus)).Build(Chain.Head.Header.Time.Plus(1000), (_, _) => { });
    }

    /// <summary>A block with exactly these transactions and these roots, whatever their worth.</summary>
    public static Block Forge(Block like, IReadOnlyList<SignedTransaction> transactions, Func<HeaderFields, HeaderFields>? change = null)
    {
        var fields = like.Header.Fields with { TransactionRoot = Block.TransactionRoot(transactions) };
        return Block.Of(BlockHeader.Of(change?.Invoke(fields) ?? fields), transactions, like.LastCommit);
    }

    public Consensus.BlockVerdict Verdict(Block block)
    {
        if (Check.Begin(block) is { } verdict) return verdict;
        return Check.Finish(Answer!.Block, Answer.Failure)!;
    }

    public void Dispose()
    {
        _state.Dispose();
        _blocks.Dispose();
        _folder.Dispose();
    }
}
