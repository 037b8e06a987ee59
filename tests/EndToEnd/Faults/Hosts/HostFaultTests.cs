using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Seven validators on hosts of their own: what real packets, cables and kernels do, which no proxy shows.</summary>
public sealed class HostFaultTests(HostNetworkFixture fixture, ITestOutputHelper output) : SurvivalTests(fixture, output), IClassFixture<HostNetworkFixture>
{
    [HostFact]
    public Task With_a_tenth_of_all_packets_lost_commits_go_on() => SurvivesAsync(s => s.LossAsync(10));

    [HostFact]
    public Task A_host_that_is_unplugged_is_noticed_though_no_kernel_tells_and_dialled_again() => SurvivesAsync(s => s.UnpluggedAsync());

    [HostFact]
    public Task Two_sides_that_were_parted_until_their_lines_were_given_up_meet_again() => SurvivesAsync(s => s.LongPartitionAsync());

    [HostFact]
    public Task A_host_that_loses_its_power_is_missed_by_nobody_who_votes() => SurvivesAsync(s => s.PowerLossAsync());

    [HostFact]
    public Task A_route_that_is_lost_in_one_direction_stops_nobody() => SurvivesAsync(s => s.OneDirectionAsync());

    // The seed draws a loss, disorder, two pulled cables and narrow lines, one after another.
    [HostFact]
    public Task Faults_of_packets_at_random_lose_nothing() => SurvivesChaosAsync(seed: 2111, TimeSpan.FromSeconds(10), " --network hosts");

    private Task SurvivesAsync(Func<HostScenarios, Task> fault) => base.SurvivesAsync(scenarios => fault(new HostScenarios(Cluster, (HostNetwork)Cluster.Links, scenarios, Stop)));
}
