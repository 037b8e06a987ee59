using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Seven validators for all the faults: starting them takes longer than most of the faults.</summary>
public class FaultNetworkFixture : IAsyncLifetime
{
    private const int Validators = 7;
    private const int Seed = 7;

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(5));

    /// <summary>Where the running test's report goes.</summary>
    public ITestOutputHelper? Output { get; set; }

    internal Cluster Cluster { get; private set; } = null!;

    private protected virtual NetworkKind Kind => NetworkKind.Proxy;

    public virtual async Task InitializeAsync() => Cluster = await Cluster.StartAsync(Validators, Kind, Seed, line => Output?.WriteLine(line), _stop.Token);

    public virtual async Task DisposeAsync()
    {
        _stop.Dispose();
        await Cluster.DisposeAsync();
    }
}
