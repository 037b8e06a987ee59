using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Tests of faults on one network: before each it is whole, and after each nothing that was acknowledged is missing and nothing is twice, on any validator.</summary>
public abstract class SurvivalTests(FaultNetworkFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(5));

    private protected Cluster Cluster => fixture.Cluster;

    private protected CancellationToken Stop => _stop.Token;

    public Task InitializeAsync()
    {
        fixture.Output = output;
        return Cluster.RestoreAsync(Stop);
    }

    public Task DisposeAsync()
    {
        _stop.Dispose();
        return Task.CompletedTask;
    }

    private protected async Task SurvivesAsync(Func<Scenarios, Task> fault)
    {
        await fault(new Scenarios(Cluster, Stop));
        Assert.Empty((await Cluster.AuditAsync(Stop)).Findings);
    }

    private protected Task SurvivesChaosAsync(int seed, TimeSpan time, string options = "")
    {
        output.WriteLine($"seed {seed}; longer: dotnet run -c Release --project tests/EndToEnd -- chaos --minutes 10{options} --seed {seed}");
        return SurvivesAsync(_ => new Chaos(Cluster, seed).RunAsync(time, Stop));
    }
}
