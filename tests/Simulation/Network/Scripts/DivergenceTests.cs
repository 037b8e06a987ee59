using Google.Protobuf;
using LicenceChain.Node;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>C-ALARM: a node whose roots are others than its peers' names the first transaction and key, and stops.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class DivergenceTests
{
    private const int Faulty = 3;
    private const string Log = "the-log";

    private static readonly Hash256[] Leaves = [MerkleTree.LeafHash([1]), MerkleTree.LeafHash([2])];

    private readonly ScriptedNetwork _script = new();
    private readonly Dictionary<int, Exception> _stopped = [];
    private FaultyStateStore _store = null!;

    public DivergenceTests()
    {
        Network.Checks.Votes.ByzantineSeats.Add(Faulty); // its alarm is none of the checks' business
        Network.WhenStopped = (machine, cause) => _stopped.Add(machine.Index, cause);
        Network.Machines[Faulty].WrapRows = rows => _store = new FaultyStateStore(rows);
        _script.Restart(Faulty);
        _script.Run(() => Network.Machines[Faulty].Links.Count == 3);
        Commit(Anchor(0, 1));
        _script.Converge();
    }

    private SimulatedNetwork Network => _script.Network;

    private string Origin => $"{Network.Cast.Members[0].Code}/{Log}";

    [Fact]
    public async Task A_node_that_computes_something_else_finds_the_transaction_and_the_key_and_stops()
    {
        Break(onDisk: false);

        // The one that the wrong record spoils stands among others in its block.
        var before = Enumerable.Range(0, 5).Select(_ => Submit(0, _script.Transaction(1))).ToList();
        var spoilt = Anchor(1, 2);
        var submission = Submit(0, spoilt);
        var after = Enumerable.Range(0, 5).Select(_ => Submit(0, _script.Transaction(2))).ToList();
        _script.Run(() => _stopped.ContainsKey(Faulty) && before.Concat(after).Append(submission).All(s => s.Result.IsCompleted));

        var fault = Assert.IsType<NodeFaultException>(_stopped[Faulty]);
        var receipt = await submission.Result;
        Assert.Equal("diverged", fault.Reason);
        Assert.Contains($"transaction {receipt.Index} ({spoilt.Id}), key c/{Origin}: not written here, ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("receipt LC-ACC-005 here, OK there", fault.Message, StringComparison.Ordinal);
        Assert.Contains("3 of 3 peers", fault.Message, StringComparison.Ordinal);

        // Its peers heard it, and go on without it.
        _script.Run(() => Heard() is { Reason: "diverged" });
        Assert.Contains($"key c/{Origin}", Heard()!.Detail, StringComparison.Ordinal);
        _script.Commit(1);
    }

    [Fact]
    public void A_row_that_is_wrong_on_the_disk_names_itself_before_it_makes_the_node_diverge()
    {
        Break(onDisk: true);

        Submit(0, Anchor(1, 2));
        _script.Run(() => _stopped.ContainsKey(Faulty));

        Assert.Contains($"The row c/{Origin} is not the one", Assert.IsType<StateDamagedException>(_stopped[Faulty]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposer_that_computes_something_else_is_alone_and_the_others_say_so()
    {
        Break(onDisk: false);
        while (Network.Validators.ProposerIndex(Network.Status(0).Height.Next, default) != Faulty) _script.CommitMany(1, 1);

        Submit(Faulty, Anchor(1, 2));
        _script.Run(() => Enumerable.Range(0, 3).All(node => Said(node).Contains("peers that answered compute what this node computes; first difference with another: transaction 0", StringComparison.Ordinal)));

        Assert.Empty(_stopped);
    }

    // The faulty node takes the log for another one: the next checkpoint does not follow from it.
    private void Break(bool onDisk)
    {
        Assert.True(Network.Machines[Faulty].Node!.Publisher.TryGetState(StateKeys.Checkpoint(Origin), out var bytes));
        var record = CheckpointRecord.Parser.ParseFrom(bytes.Span);
        record.Root = ByteString.CopyFrom(MerkleTree.LeafHash([99]).Span);
        (_store.Wrong, _store.OnDisk) = ((StateKeys.Checkpoint(Origin), record.ToByteArray()), onDisk);
    }

    private NodeStanding? Heard() =>
        Why(0).Heard.SingleOrDefault(one => one.Standing.Key.Equals(Network.Cast.Members[Faulty].Consensus.PublicKey))?.Standing.Standing;

    private string Said(int node) => Why(node).Own.Standing.Detail + Why(node).Own.Standing.LastDetail;

    private NodeWhy Why(int node) => Network.Machines[node].Node!.Publisher.Why;

    private Submission Submit(int node, SignedTransaction transaction) => Network.Submit(Network.Machines[node], transaction) ?? throw new InvalidOperationException($"node{node} takes nothing.");

    private void Commit(SignedTransaction transaction)
    {
        var submission = Submit(0, transaction);
        _script.Run(() => submission.Result.IsCompleted);
        Assert.Equal(Refusal.Ok, submission.Result.Result.Receipt?.Code);
    }

    private SignedTransaction Anchor(int from, int to)
    {
        var arguments = new AnchorCheckpoint { Origin = Origin, Size = (ulong)to, Root = ByteString.CopyFrom(MerkleTree.Root(Leaves[..to]).Span) };
        if (from > 0) arguments.Consistency.AddRange(MerkleTree.ConsistencyPath(Leaves[..to], from).Select(hash => ByteString.CopyFrom(hash.Span)));
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        unique[0] = (byte)to;
        return TransactionBuilder.Sign(ChainId.Parse(SimulatedCast.ChainName), "access", "checkpoint", arguments, Network.Cast.Members[0].Service, new Height(100), unique);
    }
}
