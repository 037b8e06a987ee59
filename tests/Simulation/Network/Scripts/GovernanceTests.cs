using LicenceChain.Node;
using LicenceChain.Protocol;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>What governance decides, as a node's loop carries it out: seats, keys, leave to vote.</summary>
public sealed class GovernanceTests
{
    private static readonly int[] Three = [0, 1, 2];

    private readonly Dictionary<int, List<ulong>> _voted = [];

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void C_CHANGE_an_observer_votes_from_the_height_after_the_block_that_gave_it_a_seat_and_not_before()
    {
        var (network, officers) = Start(4);
        officers.Observe();
        var height = officers.Adopt(Three, [.. Charter.Admit(network.Cast.Members[4]), Charter.SetTo(officers.Set, Seats(network, 0, 1, 2, 3, 4))]);
        officers.Advance(heights: 6);

        Assert.True(network.Status(4).IsValidator);
        Assert.Equal(height + 1, _voted[4][0]);
        Assert.Equal(5, officers.Set.Count);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void C_CHANGE_a_seat_that_was_taken_votes_no_more_and_the_rest_goes_on_without_it()
    {
        var (network, officers) = Start(5);
        var height = officers.Adopt([0, 1, 2, 3], Charter.SetTo(officers.Set, Seats(network, 1, 2, 3, 4)));
        officers.Advance(heights: 2);
        network.Part(0);
        officers.Advance(heights: 4, through: 1);

        Assert.DoesNotContain(_voted[0], at => at > height);
        Assert.Equal(4, officers.Set.Count);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void C_CHANGE_a_node_that_was_away_while_the_set_changed_twice_catches_up_across_both_changes()
    {
        var (network, officers) = Start(5);
        officers.Observe();
        network.Part(4);
        officers.Adopt([0, 1, 2, 3], [.. Charter.Admit(network.Cast.Members[5]), Charter.SetTo(officers.Set, Seats(network, 0, 1, 2, 3, 4, 5))]);
        officers.Adopt([0, 1, 2, 3, 5], Charter.SetTo(officers.Set, Seats(network, 1, 2, 3, 4, 5)));
        officers.Advance(heights: 3);
        network.Rejoin(4);
        officers.Advance(heights: 2, through: 1);

        Assert.Equal(network.Status(0).StateRoot, network.Status(4).StateRoot);
        officers.Advance(heights: 2, through: 4);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void C_CHANGE_a_replaced_key_votes_no_more_and_its_successor_votes_from_the_next_height_without_a_restart_and_after_one()
    {
        var (network, officers) = Start(4);
        var rotated = network.Cast.Members[3];
        var height = officers.Adopt(Three, Charter.PutKey(rotated, generation: 1), Charter.SetTo(officers.Set, [.. Seats(network, 0, 1, 2), Charter.Seat(rotated, generation: 1)]));
        network.Part(2); // from here on its votes are needed
        officers.Advance(heights: 3);
        Restart(network, 3, links: 2);
        officers.Advance(heights: 3);

        Assert.True(network.Status(3).IsValidator);
        Assert.Contains(_voted[3], at => at > height);
        Assert.True(network.Status(0).Height.Value >= height + 6);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_key_whose_log_was_lost_votes_again_from_the_height_that_governance_named_and_not_before()
    {
        var (network, officers) = Start(4);
        officers.Advance(heights: 2);
        RestartWithoutVotes(network, 3);
        var before = _voted[3].Count;
        officers.Advance(heights: 2);
        var from = network.Status(0).Height.Value + 12;
        officers.Adopt(Three, Charter.Allow(network.Cast.Members[3].Id, from));
        officers.Advance(heights: 4);
        Restart(network, 3); // it remembers that it may, and that it may not yet
        officers.Advance(heights: 12);

        Assert.Equal(from, _voted[3].Skip(before).First());
        Assert.Equal("", network.Status(3).Alarm);
        Restart(network, 3);
        network.Part(2);
        officers.Advance(heights: 2);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_leave_that_was_given_for_one_loss_does_not_serve_the_next()
    {
        var (network, officers) = Start(4);
        officers.Advance(heights: 1);
        RestartWithoutVotes(network, 3);
        officers.Advance(heights: 2);
        officers.Adopt(Three, Charter.Allow(network.Cast.Members[3].Id, from: 1));
        officers.Advance(heights: 4);
        Assert.Equal(network.Status(3).Height.Value, _voted[3][^1]);

        RestartWithoutVotes(network, 3);
        var before = _voted[3].Count;
        officers.Advance(heights: 6);
        Restart(network, 3);
        officers.Advance(heights: 3);

        Assert.Equal(before, _voted[3].Count);
        Assert.Equal("log-lost", network.Status(3).Alarm);
    }

    [Fact]
    public void Parameters_that_governance_changed_hold_without_a_restart()
    {
        var (network, officers) = Start(4);
        var record = officers.Parameters;
        record.HeartbeatMs = 500;
        var height = officers.Adopt(Three, Charter.Set(record));

        network.Run(() => network.Status(0).Height.Value >= height + 4, withinMs: 5_000);
    }

    [Fact]
    public void A_program_that_knows_the_version_goes_on_and_one_that_does_not_warns_and_stops_before_its_height()
    {
        var (network, officers) = Start(4);
        var stopped = new List<(int Machine, Exception Cause)>();
        network.WhenStopped = (machine, cause) => stopped.Add((machine.Index, cause));
        foreach (var machine in network.Members.Take(3))
        {
            machine.Program = new ProtocolVersions(1, 2);
            Restart(network, machine.Index);
        }

        var activation = network.Status(0).Height.Value + 60;
        officers.Adopt(Three, Charter.Upgrade(2, activation));
        officers.Advance(heights: 1);
        network.RunFor(2_000); // it looks once a second
        var standing = network.Machines[3].Node!.Publisher.Why.Own.Standing;
        while (network.Checks.Chain.Height < activation + 2) officers.Advance(heights: 1);

        Assert.Equal("upgrade-due", standing.Reason);
        Assert.Contains($"version 2 is in force from height {activation}", standing.Detail, StringComparison.Ordinal);
        var (which, why) = Assert.Single(stopped);
        Assert.Equal(3, which);
        Assert.Contains($"Height {activation} is decided under protocol version 2; this program supports version 1.", Assert.IsType<OutdatedProgramException>(why).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_voted[3], at => at >= activation);
    }

    private (SimulatedNetwork Network, ScriptedGovernance Officers) Start(int validators)
    {
        var script = new ScriptedNetwork(validators);
        script.Network.Checks.Votes.Voted = (machine, vote) =>
        {
            if (!_voted.TryGetValue(machine.Index, out var heights)) _voted.Add(machine.Index, heights = []);
            heights.Add(vote.Height);
        };
        return (script.Network, new ScriptedGovernance(script));
    }

    private static IEnumerable<Protocol.Blocks.Validator> Seats(SimulatedNetwork network, params int[] members) => members.Select(member => Charter.Seat(network.Cast.Members[member]));

    private static void Restart(SimulatedNetwork network, int machine, int links = 3)
    {
        network.Machines[machine].Kill();
        Start(network, machine, links);
    }

    private static void Start(SimulatedNetwork network, int machine, int links)
    {
        network.Machines[machine].PowerOn();
        network.Run(() => network.Machines[machine].Links.Count == links, ScriptedNetwork.PatienceMs);
    }

    private static void RestartWithoutVotes(SimulatedNetwork network, int machine)
    {
        network.Machines[machine].Kill();
        network.Machines[machine].TakeLog();
        network.Machines[machine].Disk.Root.Remove(name => name == SimulatedNode.VoteLogName);
        Start(network, machine, links: 3);
    }
}
