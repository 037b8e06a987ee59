using System.Net;
using System.Net.Sockets;
using LicenceChain.Node.Configuration;

namespace LicenceChain.Node.Tests.Configuration;

public sealed class PortPlanTests
{
    [Fact]
    public void Free_ports_of_two_plans_are_all_distinct_and_below_those_of_outgoing_connections()
    {
        const int regions = 7;
        int[] ports = [.. Enumerable.Range(0, 20).SelectMany(_ => PortPlan.Free(regions).For(regions)).SelectMany(p => new[] { p.Link, p.Rest, p.Grpc, p.Verifier })];

        Assert.Equal(20 * regions * 4, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20_000, 31_999));
    }

    [Fact]
    public void Port_that_somebody_listens_on_is_not_free()
    {
        var held = PortPlan.Free(regions: 1).First + 7; // within the ten, though none of the four that are used
        using var holder = new TcpListener(IPAddress.Loopback, held);
        holder.Start();

        // Once round all of them: 120 plans of 100 ports.
        for (var i = 0; i < 120; i++)
        {
            var first = PortPlan.Free(regions: 10).First;
            Assert.False(held >= first && held < first + 100, $"{held} is in {first} to {first + 99}.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Plan_for_no_region_or_too_many_is_refused(int regions) => Assert.Throws<ArgumentOutOfRangeException>(() => PortPlan.Free(regions));
}
