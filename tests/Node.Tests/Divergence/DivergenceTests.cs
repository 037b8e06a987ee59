using Google.Protobuf;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Divergence;

/// <summary>C-ALARM: a node whose roots are others than its peers' names the first transaction and key, and stops.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class DivergenceTests : IAsyncLifetime
{
    private const int Faulty = 3;
    private const string Log = "the-log";

    private static readonly Hash256[] Leaves = [MerkleTree.LeafHash([1]), MerkleTree.LeafHash([2])];

    private readonly TestNetwork _files = TestNetwork.Create();
    private readonly FaultyStateStore?[] _stores = new FaultyStateStore?[4];

    [Fact]
    public async Task A_node_that_computes_something_else_finds_the_transaction_and_the_key_and_stops()
    {
        using var network = Network();
        var store = Break(network, onDisk: false);

        // The one that the wrong record spoils stands among others in its block.
        var before = Enumerable.Range(0, 5).Select(_ => network.Submit(0, _files.Transaction(1, validUntil: 100))).ToList();
        var spoilt = Anchor(1, 2);
        var submission = network.Submit(0, spoilt);
        var after = Enumerable.Range(0, 5).Select(_ => network.Submit(0, _files.Transaction(2, validUntil: 100))).ToList();
        network.Run(() => network.Fault(Faulty) is not null && before.Concat(after).Append(submission).All(s => s.Result.IsCompleted));

        var fault = Assert.IsType<NodeFaultException>(network.Fault(Faulty));
        var receipt = await submission.Result;
        Assert.Equal("diverged", fault.Reason);
        Assert.Contains($"transaction {receipt.Index} ({spoilt.Id}), key c/{Origin}: not written here, ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("receipt LC-ACC-005 here, OK there", fault.Message, StringComparison.Ordinal);
        Assert.Contains("3 of 3 peers", fault.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Wrong);

        // Its peers heard it, and go on without it.
        network.Run(() => Heard(network) is { Reason: "diverged" });
        var heard = Heard(network)!;
        Assert.Contains($"key c/{Origin}", heard.Detail, StringComparison.Ordinal);
        var next = network.Submit(1, _files.Transaction(1, validUntil: 100));
        network.Run(() => next.Result.IsCompleted);
    }

    [Fact]
    public void A_row_that_is_wrong_on_the_disk_names_itself_before_it_makes_the_node_diverge()
    {
        using var network = Network();
        Break(network, onDisk: true);

        network.Submit(0, Anchor(1, 2));
        network.Run(() => network.Fault(Faulty) is not null);

        Assert.Contains($"The row c/{Origin} is not the one", Assert.IsType<StateDamagedException>(network.Fault(Faulty)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposer_that_computes_something_else_is_alone_and_the_others_say_so()
    {
        using var network = Network();
        Break(network, onDisk: false);
        var height = network.Status(0).Height.Value;
        while (network.Validators.ProposerIndex(new Height(height + 1), default) != Seat(network, Faulty))
        {
            Commit(network, _files.Transaction(1, validUntil: 100));
            height = network.Status(0).Height.Value;
        }

        network.Submit(Faulty, Anchor(1, 2));
        network.Run(() => Enumerable.Range(0, 3).All(node => Said(network, node).Contains("peers that answered compute what this node computes; first difference with another: transaction 0", StringComparison.Ordinal)));

        Assert.All(Enumerable.Range(0, 3), node => Assert.Null(network.Fault(node)));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    private string Origin => $"{_files.Members[0].Code}/{Log}";

    private SimulatedNetwork Network()
    {
        var network = new SimulatedNetwork(_files, (node, store) => _stores[node] = new FaultyStateStore(store)) { ToleratesFaults = true };
        Commit(network, Anchor(0, 1));
        network.Run(() => Enumerable.Range(0, 4).All(node => network.TryGetState(node, StateKeys.Checkpoint(Origin), out _)));
        return network;
    }

    // The faulty node takes the log for another one: the next checkpoint does not follow from it.
    private FaultyStateStore Break(SimulatedNetwork network, bool onDisk)
    {
        Assert.True(network.TryGetState(Faulty, StateKeys.Checkpoint(Origin), out var bytes));
        var record = CheckpointRecord.Parser.ParseFrom(bytes.Span);
        record.Root = ByteString.CopyFrom(MerkleTree.LeafHash([99]).Span);
        var store = _stores[Faulty]!;
        (store.Wrong, store.OnDisk) = ((StateKeys.Checkpoint(Origin), record.ToByteArray()), onDisk);
        return store;
    }

    private NodeStanding? Heard(SimulatedNetwork network) =>
        network.Why(0).Heard.SingleOrDefault(one => one.Standing.Key.Equals(_files.Members[Faulty].Consensus.PublicKey))?.Standing.Standing;

    private static string Said(SimulatedNetwork network, int node) => network.Why(node).Own.Standing.Detail + network.Why(node).Own.Standing.LastDetail;

    private static void Commit(SimulatedNetwork network, SignedTransaction transaction)
    {
        var submission = network.Submit(0, transaction);
        network.Run(() => submission.Result.IsCompleted);
        Assert.Equal(Refusal.Ok, submission.Result.Result.Receipt?.Code);
    }

    private int Seat(SimulatedNetwork network, int member) =>
        network.Validators.TryIndexOf(_files.Members[member].Consensus.PublicKey.Id, out var seat) ? seat : throw new InvalidOperationException("No seat.");

    private SignedTransaction Anchor(int from, int to)
    {
        var arguments = new AnchorCheckpoint { Origin = Origin, Size = (ulong)to, Root = ByteString.CopyFrom(MerkleTree.Root(Leaves[..to]).Span) };
        if (from > 0) arguments.Consistency.AddRange(MerkleTree.ConsistencyPath(Leaves[..to], from).Select(hash => ByteString.CopyFrom(hash.Span)));
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        unique[0] = (byte)to;
        return TransactionBuilder.Sign(ChainId.Parse(TestNetwork.ChainName), "access", "checkpoint", arguments, _files.Members[0].Service, new Height(100), unique);
    }
}
