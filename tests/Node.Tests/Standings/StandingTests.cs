using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Tests.Standings;

/// <summary>C-ALARM over the production loop: what nodes say of themselves and hear of each other.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class StandingTests : IAsyncLifetime
{
    private readonly TestNetwork _files = TestNetwork.Create();

    [Fact]
    public void All_is_well_means_no_reason_and_three_links()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => Enumerable.Range(0, 4).All(node => network.Why(node).Heard.Count == 3 && Own(network, node).Linked.Count == 3));

        var why = network.Why(0);
        Assert.True(why.Own.Verify());
        Assert.All(why.Heard, heard => Assert.True(heard.Standing.Verify()));
        Assert.Equal(("", true), (why.Own.Standing.Reason, why.Own.Standing.IsValidator));
        Assert.Equal(_files.Members.Skip(1).Select(m => m.Consensus.PublicKey.Id).OrderBy(k => k.Value), why.Own.Standing.Linked);
    }

    [Fact]
    public void C_ALARM_nobody_speaks_for_another_node()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => network.Why(1).Heard.Count == 3);

        network.Send(from: 2, to: 1, new LinkMessage { Standing = network.Why(0).Own.ToMessage() });
        network.RunEvents(50);

        Assert.Equal(3, network.Why(1).Heard.DistinctBy(heard => heard.Standing.Key.Id).Count());
    }

    [Fact]
    public void With_two_of_four_gone_the_others_name_both()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => Own(network, 0).Linked.Count == 3);
        network.Cut(2);
        network.Cut(3);
        network.Submit(0, _files.Transaction(0, validUntil: 100));
        network.Run(() => Own(network, 0).Reason == "peers-missing");

        var own = Own(network, 0);
        Assert.Equal((StandingWait.RoundChanges, 2, 3), (own.Wait, own.Have, own.Needed));
        Assert.Equal(Keys(2, 3).Order(), own.Missing.Select(k => k.ToString()).Order());
        Assert.Equal(Keys(1), own.Linked.Select(k => k.ToString()));
    }

    [Fact]
    public void What_others_heard_last_of_a_node_is_kept_when_its_links_are_gone()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => network.Why(1).Heard.Count == 3);
        network.Abandon(0, new NodeFaultException("Block 7 is not ours.") { Reason = "diverged" });
        network.Cut(0);
        network.Run(() => network.Why(1).Own.Standing.Linked.Count == 2 && network.Why(1).Heard.Any(heard => heard.Standing.Standing.Reason.Length > 0));

        var heard = Assert.Single(network.Why(1).Heard, one => one.Standing.Key.Equals(_files.Members[0].Consensus.PublicKey));
        Assert.Equal("Block 7 is not ours.", heard.Standing.Standing.Detail);
    }

    [Fact]
    public void A_path_on_the_disk_of_a_node_is_not_told_to_its_peers()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => network.Why(1).Heard.Count == 3);
        network.Abandon(0, new IOException("No space left on device : '/data/blocks/1.seg'"));
        network.Cut(0);
        network.Run(() => network.Why(1).Heard.Any(heard => heard.Standing.Standing.Reason == "storage"));

        Assert.DoesNotContain(network.Why(1).Heard, heard => heard.Standing.Standing.Detail.Contains('/', StringComparison.Ordinal));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    private static NodeStanding Own(SimulatedNetwork network, int node) => network.Why(node).Own.Standing;

    private IEnumerable<string> Keys(params int[] members) => members.Select(member => _files.Members[member].Consensus.PublicKey.Id.ToString());
}
