using LicenceChain.Node;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>C-ALARM over the production loop: what nodes say of themselves and hear of each other.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class StandingTests
{
    private readonly ScriptedNetwork _script = new();

    private SimulatedNetwork Network => _script.Network;

    [Fact]
    public void All_is_well_means_no_reason_and_three_links()
    {
        _script.Run(() => Enumerable.Range(0, 4).All(node => Why(node).Heard.Count == 3 && Own(node).Linked.Count == 3));

        var why = Why(0);
        Assert.True(why.Own.Verify());
        Assert.All(why.Heard, heard => Assert.True(heard.Standing.Verify()));
        Assert.Equal(("", true), (why.Own.Standing.Reason, why.Own.Standing.IsValidator));
        Assert.Equal(Keys(1, 2, 3).Order(), why.Own.Standing.Linked.Select(k => k.ToString()).Order());
    }

    [Fact]
    public void C_ALARM_nobody_speaks_for_another_node()
    {
        _script.Run(() => Why(1).Heard.Count == 3);

        Network.Forge(from: 2, to: 1, new LinkMessage { Standing = Why(0).Own.ToMessage() });
        Network.RunFor(100);

        Assert.Equal(3, Why(1).Heard.DistinctBy(heard => heard.Standing.Key.Id).Count());
    }

    [Fact]
    public void With_two_of_four_gone_the_others_name_both()
    {
        _script.Run(() => Own(0).Linked.Count == 3);
        Network.Part(2);
        Network.Part(3);
        _script.Submit(0);
        _script.Run(() => Own(0) is { Reason: "peers-missing", Linked.Count: 1 });

        var own = Own(0);
        Assert.Equal((StandingWait.RoundChanges, 2, 3), (own.Wait, own.Have, own.Needed));
        Assert.Equal(Keys(2, 3).Order(), own.Missing.Select(k => k.ToString()).Order());
        Assert.Equal(Keys(1), own.Linked.Select(k => k.ToString()));
    }

    [Fact]
    public void What_others_heard_last_of_a_node_is_kept_when_its_links_are_gone()
    {
        Stop(0, new NodeFaultException("Block 7 is not ours.") { Reason = "diverged" });
        _script.Run(() => Own(1).Linked.Count == 2 && Why(1).Heard.Any(heard => heard.Standing.Standing.Reason.Length > 0));

        var heard = Assert.Single(Why(1).Heard, one => one.Standing.Key.Equals(Network.Cast.Members[0].Consensus.PublicKey));
        Assert.Equal("Block 7 is not ours.", heard.Standing.Standing.Detail);
    }

    [Fact]
    public void A_path_on_the_disk_of_a_node_is_not_told_to_its_peers()
    {
        Stop(0, new IOException("No space left on device : '/data/blocks/1.seg'"));
        _script.Run(() => Why(1).Heard.Any(heard => heard.Standing.Standing.Reason == "storage"));

        Assert.DoesNotContain(Why(1).Heard, heard => heard.Standing.Standing.Detail.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public void A_governing_key_that_nears_its_end_is_told_by_its_members_node_until_it_is_renewed()
    {
        var officers = new ScriptedGovernance(_script);
        foreach (var (days, reason, words) in ((ulong, string, string)[])[(60, "expiry-near", "expires in 59 days"), (6, "expiry-due", "expires in 5 days"), (400, "", "")])
        {
            officers.Adopt([0, 1, 2], Charter.PutOfficer(Network.Cast.Members[3], ((INodeClock)Network.Machines[0]).Now.Plus(days * ExpiryWatch.DayMs)));
            _script.Run(() => Own(3).Reason == reason);

            Assert.Contains(words, Own(3).Detail, StringComparison.Ordinal);
            Assert.Equal("", Own(0).Reason);
        }
    }

    private void Stop(int node, Exception cause)
    {
        _script.Run(() => Why(1).Heard.Count == 3);
        Network.WhenStopped = (_, _) => { };
        Network.Machines[node].Stop(cause);
    }

    private NodeWhy Why(int node) => Network.Machines[node].Node!.Publisher.Why;

    private NodeStanding Own(int node) => Why(node).Own.Standing;

    private IEnumerable<string> Keys(params int[] members) => members.Select(member => Network.Machines[member].Key.ToString());
}
