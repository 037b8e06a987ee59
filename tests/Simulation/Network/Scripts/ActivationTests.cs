using LicenceChain.Node;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>
/// Version 2 is voted in and comes into force at its height, over the production loop. What shows it is its rule: a governing key that has expired renews itself (ADR 0020).
/// </summary>
public sealed class ActivationTests
{
    private const ulong Lead = 60;
    private const ulong ExpiresAfterMs = 10_000;

    private static readonly ProtocolVersions Old = new(1, 1);
    private static readonly ProtocolVersions New = new(1, 2);

    private readonly Dictionary<int, Exception> _stopped = [];
    private ScriptedNetwork _script = null!;
    private ScriptedGovernance _officers = null!;
    private ulong _activation;
    private ProposalDocument _renewal = null!;

    private SimulatedNetwork Network => _script.Network;

    [Fact]
    public void The_last_block_below_the_height_is_executed_under_version_1_and_the_block_of_the_height_under_version_2()
    {
        Schedule(_ => New);
        _officers.AdvanceTo(_activation - 2);

        Assert.Equal(TransactionCodes.InactiveKey, Refused(Vote())); // for block H-1
        _officers.AdvanceTo(_activation - 1);
        Assert.Equal(_activation, _officers.Commit(Vote())); // in block H
        Assert.Equal(ProposalStatus.Adopted, Renewal().Status);
        _officers.AdvanceTo(_activation + 2);

        Assert.Single(Enumerable.Range(0, 4).Select(node => Network.Status(node).StateRoot).Distinct());
    }

    [Fact]
    public void A_node_that_replays_everything_from_genesis_comes_to_the_same_root_and_an_old_program_stops_before_the_height()
    {
        Schedule(_ => New);
        _officers.AdvanceTo(_activation - 1);
        _officers.Commit(Vote());
        _officers.AdvanceTo(_activation + 3);
        var root = Network.Status(0).StateRoot;
        Network.Machines[0].Kill();
        using var blocks = SegmentBlockStore.Open(Network.Machines[0].Disk.Blocks);

        var chain = ChainOpener.Open(blocks, new SimulatedStateStore(Network.AddMachine(4)), Network.Cast.Genesis, New);
        Assert.Equal((root, 2u), (chain.Tree.Root, chain.Version));

        var other = new SimulatedStateStore(Network.AddMachine(5));
        var stopped = Assert.Throws<OutdatedProgramException>(() => ChainOpener.Open(blocks, other, Network.Cast.Genesis, Old));
        Assert.Contains($"Height {_activation} is decided under protocol version 2; this program supports version 1.", stopped.Message, StringComparison.Ordinal);
        other.Drain();
        Assert.Equal(Network.Block(1, _activation - 1).Block.Header.Fields.StateRoot, other.LoadTree().Root);
    }

    [Fact]
    public void One_of_four_that_stays_old_stops_before_the_height_the_others_go_on_and_with_the_new_program_it_catches_up()
    {
        Schedule(node => node == 3 ? Old : New);
        _script.Run(() => Network.Machines[3].Node!.Publisher.Why.Own.Standing.Reason == "upgrade-due");
        Assert.Equal("", Network.Machines[0].Node!.Publisher.Why.Own.Standing.Reason);
        _officers.AdvanceTo(_activation - 1);
        _officers.Commit(Vote());
        _officers.AdvanceTo(_activation + 3);

        Assert.IsType<OutdatedProgramException>(Assert.Single(_stopped, one => one.Key == 3).Value);
        Upgrade(3);
        Assert.Equal(_activation - 1, Network.Status(3).Height.Value);
        _script.Converge();
        Assert.Equal(Network.Status(0).StateRoot, Network.Status(3).StateRoot);
        _script.Run(() => Network.Machines[3].Links.Count == 3);
        Network.Part(2); // from here on its votes are needed
        _officers.AdvanceTo(_activation + 6);
    }

    [Fact]
    public void A_quorum_that_stays_old_decides_no_block_of_the_height_and_goes_on_once_it_is_upgraded()
    {
        Schedule(node => node == 0 ? New : Old);
        while (Network.Status(0).Height.Value < _activation - 1) _script.Commit(0);
        _script.Run(() => _stopped.Count == 3);
        Assert.All(_stopped.Values, cause => Assert.IsType<OutdatedProgramException>(cause));
        Assert.Equal(_activation - 1, Network.Status(0).Height.Value);

        for (var node = 1; node < 4; node++) Upgrade(node);
        _officers.AdvanceTo(_activation + 2);
    }

    // Member 3's only governing key expires, version 2 is scheduled, and two of the three votes that renew the key are there.
    private void Schedule(Func<int, ProtocolVersions> programs)
    {
        _script = new ScriptedNetwork(programs: programs);
        _officers = new ScriptedGovernance(_script);
        Network.WhenStopped = (machine, cause) => _stopped.Add(machine.Index, cause);
        _activation = Network.Checks.Chain.Height + Lead;
        var expires = ((INodeClock)Network.Machines[0]).Now.Plus(ExpiresAfterMs);
        _officers.Adopt([0, 1, 2], Charter.Upgrade(2, _activation), Charter.PutOfficer(Network.Cast.Members[3], expires));
        Network.RunFor(ExpiresAfterMs + 1_000);
        _renewal = new ProposalDocument { Title = "Renew", ExpiresHeight = 500, Changes = { Charter.PutOfficer(Network.Cast.Members[3], expires.Plus(1_000_000_000)) } };
        _officers.Commit(_officers.Sign(0, "propose", new ProposeChange { Document = _renewal }));
        _officers.Commit(Approve(1));
        _script.Converge();
    }

    private void Upgrade(int node)
    {
        Network.Machines[node].Program = New;
        Network.Machines[node].PowerOn();
    }

    private SignedTransaction Vote() => Approve(3);

    private SignedTransaction Approve(int member) =>
        _officers.Sign(member, "approve", new ApproveProposal { ProposalId = Google.Protobuf.ByteString.CopyFrom(Charter.IdOf(_renewal).Span) });

    private ProposalRecord Renewal() =>
        Network.Machines[0].Node!.Publisher.TryGetState(StateKeys.Proposal(Charter.IdOf(_renewal)), out var bytes) ? ProposalRecord.Parser.ParseFrom(bytes.Span) : new ProposalRecord();

    private string? Refused(SignedTransaction transaction)
    {
        var submission = Network.Submit(Network.Machines[0], transaction) ?? throw new InvalidOperationException("node0 takes nothing.");
        _script.Run(() => submission.Result.IsCompleted);
        return submission.Result.Result.Refusal?.Code;
    }
}
