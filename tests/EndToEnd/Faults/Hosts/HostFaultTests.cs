using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Seven validators on hosts of their own: what real packets, cables and kernels do, which no proxy shows.</summary>
public sealed class HostFaultTests(HostNetworkFixture fixture, ITestOutputHelper output) : IClassFixture<HostNetworkFixture>, IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(5));

    public Task InitializeAsync()
    {
        fixture.Output = output;
        return fixture.Cluster.RestoreAsync(_stop.Token);
    }

    public Task DisposeAsync()
    {
        _stop.Dispose();
        return Task.CompletedTask;
    }

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

    [HostFact]
    public async Task Faults_of_packets_at_random_lose_nothing()
    {
        const int seed = 2111; // draws a loss, disorder, two pulled cables and narrow lines, one after another
        output.WriteLine($"seed {seed}; longer: dotnet run -c Release --project tests/EndToEnd -- chaos --minutes 10 --network hosts --seed {seed}");
        await new Chaos(fixture.Cluster, seed).RunAsync(TimeSpan.FromSeconds(10), _stop.Token);
        Assert.Empty((await fixture.Cluster.AuditAsync(_stop.Token)).Findings);
    }

    private async Task SurvivesAsync(Func<HostScenarios, Task<FaultFigure>> scenario)
    {
        var (cluster, stop) = (fixture.Cluster, _stop.Token);
        await scenario(new HostScenarios(cluster, (HostNetwork)cluster.Links, new Scenarios(cluster, stop), stop));
        Assert.Empty((await cluster.AuditAsync(stop)).Findings);
    }
}
