using Google.Protobuf;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Network.Checks;
using LicenceChain.Simulation.Network.Faults;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>As <see cref="CheckerTests"/>, for what governance changes.</summary>
public sealed class GovernanceCheckerTests
{
    private static readonly int[] Four = [0, 1, 2, 3];

    private readonly ScriptedNetwork _script = new(validators: 5);
    private readonly ScriptedGovernance _officers;

    public GovernanceCheckerTests() => _officers = new ScriptedGovernance(_script);

    private SimulatedNetwork Network => _script.Network;

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_vote_for_a_seat_that_its_node_does_not_have_at_that_height_is_found()
    {
        var height = _officers.Adopt(Four, Charter.SetTo(_officers.Set, Four.Select(member => Charter.Seat(Network.Cast.Members[member]))));
        var vote = new ConsensusMessage { Prepare = new VoteMessage { Type = VoteType.Prepare, Height = height + 1, Validator = 4 } };

        var failure = Assert.Throws<SimulationFailure>(() => Network.Checks.Votes.OnSend(Network.Machines[4], vote.ToByteString()));

        Assert.Contains("not its own in the validator set of that height", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_validator_set_that_too_few_have_voted_for_is_found()
    {
        var height = _officers.Adopt(Four, Charter.SetTo(_officers.Set, Four.Select(member => Charter.Seat(Network.Cast.Members[member]))));
        var check = new GovernanceCheck(Network.Cast);
        for (var below = 1UL; below < height - 1; below++) check.Take(Network.Block(0, below)); // the last vote but one is passed over

        var failure = Assert.Throws<SimulationFailure>(() => check.Take(Network.Block(0, height)));

        Assert.Contains("by the votes on the chain it is", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void A_node_that_votes_by_the_leave_for_an_earlier_loss_is_found()
    {
        _officers.Adopt(Four, Charter.Allow(Network.Cast.Members[1].Id, from: 1));
        Network.Machines[1].TakeLog();

        var failure = Assert.Throws<SimulationFailure>(() => _officers.Advance(heights: 6));

        Assert.Contains("no decision since lets it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_takes_its_program_for_outdated_where_no_version_is_scheduled_is_found()
    {
        _ = new HouseOperator(Network, new SeededRandom(1));
        var machine = Network.Machines[2];
        machine.Kill();
        machine.Program = new Protocol.ProtocolVersions(2, 2);

        var failure = Assert.Throws<SimulationFailure>(machine.PowerOn);

        Assert.Contains("stopped by itself", failure.Message, StringComparison.Ordinal);
    }
}
