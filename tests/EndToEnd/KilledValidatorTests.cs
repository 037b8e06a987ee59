using LicenceChain.Load.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Client;

namespace LicenceChain.EndToEnd;

/// <summary>Four validators as separate processes; SIGKILL leaves no time for goodbyes.</summary>
public sealed class KilledValidatorTests : IAsyncLifetime
{
    private const int Validators = 4;
    private const int Workers = 16;

    private readonly CancellationTokenSource _stop = new(TimeSpan.FromMinutes(5));
    private ProcessNetwork _network = null!;

    public async Task InitializeAsync()
    {
        _network = ProcessNetwork.Start(Validators, agencies: 1);
        for (var i = 0; i < Validators; i++) await _network.WhenReadyAsync(i, Await.Limit, _stop.Token);
    }

    public Task DisposeAsync()
    {
        _network.Dispose();
        _stop.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_validator_killed_under_load_catches_up_with_the_same_roots()
    {
        using var issuing = await Issuing.StartAsync(_network, validator: 0, _stop.Token);
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var load = issuing.LoadAsync(Workers, loading.Token);
        await Await.UntilAsync("50 licences are acknowledged", () => Task.FromResult(issuing.Acknowledged.Count >= 50));

        _network.Validators[3].Kill();
        var whenKilled = issuing.Acknowledged.Count;
        await Await.UntilAsync("the other three go on", () => Task.FromResult(issuing.Acknowledged.Count >= whenKilled + 100));
        _network.Validators[3].Start();
        await _network.WhenReadyAsync(3, Await.Limit, _stop.Token);
        var whenBack = issuing.Acknowledged.Count;
        await Await.UntilAsync("all four go on", () => Task.FromResult(issuing.Acknowledged.Count >= whenBack + 50));
        await loading.CancelAsync();
        await load;

        await AssertAllHaveTheSameRootsAsync();
        await AssertNothingIsLostAsync(issuing, validator: 3);
    }

    [Fact]
    public async Task With_two_of_four_down_nothing_commits_and_nothing_is_lost_and_it_goes_on_when_one_returns()
    {
        using var issuing = await Issuing.StartAsync(_network, validator: 0, _stop.Token);
        for (var i = 0; i < 10; i++) await issuing.IssueAsync(_stop.Token);
        _network.Validators[2].Kill();
        _network.Validators[3].Kill();

        var before = await HeightAsync(0);
        var pending = issuing.IssueAsync(_stop.Token);
        foreach (var alive in (int[])[0, 1]) await Await.UntilAsync($"validator {alive} gave the first proposer up", async () => await RoundAsync(alive) > 0);
        Assert.False(pending.IsCompleted);
        Assert.Equal(before, await HeightAsync(0));

        _network.Validators[2].Start();
        var committed = await pending.WaitAsync(Await.Limit, _stop.Token);
        Assert.Contains(committed, issuing.Acknowledged);
        await AssertNothingIsLostAsync(issuing, validator: 0);
    }

    [Fact]
    public async Task With_all_four_killed_under_load_no_acknowledged_licence_is_lost()
    {
        using var issuing = await Issuing.StartAsync(_network, validator: 0, _stop.Token);
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var load = issuing.LoadAsync(Workers, loading.Token);
        await Await.UntilAsync("100 licences are acknowledged", () => Task.FromResult(issuing.Acknowledged.Count >= 100));

        foreach (var validator in _network.Validators) validator.Kill();
        await loading.CancelAsync();
        await load;
        foreach (var validator in _network.Validators) validator.Start();
        for (var i = 0; i < Validators; i++) await _network.WhenReadyAsync(i, Await.Limit, _stop.Token);

        await issuing.IssueAsync(_stop.Token);
        await AssertAllHaveTheSameRootsAsync();
        for (var i = 0; i < Validators; i++) await AssertNothingIsLostAsync(issuing, i);
    }

    [Fact]
    public async Task A_validator_told_to_stop_ends_well_and_goes_on_where_it_was()
    {
        using var issuing = await Issuing.StartAsync(_network, validator: 0, _stop.Token);
        for (var i = 0; i < 5; i++) await issuing.IssueAsync(_stop.Token);

        Assert.Equal(0, _network.Validators[1].Stop());
        for (var i = 0; i < 5; i++) await issuing.IssueAsync(_stop.Token);
        _network.Validators[1].Start();
        await _network.WhenReadyAsync(1, Await.Limit, _stop.Token);
        await AssertAllHaveTheSameRootsAsync();
        await AssertNothingIsLostAsync(issuing, validator: 1);
    }

    private async Task<ulong> HeightAsync(int validator)
    {
        using var client = _network.Client(validator);
        return (await client.GetStatusAsync(_stop.Token)).Height;
    }

    private async Task<int> RoundAsync(int validator)
    {
        const string gauge = "licencechain_round ";
        using var http = new HttpClient { BaseAddress = _network.Directory.Regions[validator].NodeRest };
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), _stop.Token);
        return int.Parse(metrics.Split('\n').Single(line => line.StartsWith(gauge, StringComparison.Ordinal))[gauge.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task AssertAllHaveTheSameRootsAsync()
    {
        var clients = Enumerable.Range(0, Validators).Select(_network.Client).ToList();
        try
        {
            var target = (await clients[0].GetStatusAsync(_stop.Token)).Height;
            var roots = new List<(Hash256 Digest, Hash256 State)>();
            foreach (var client in clients)
            {
                await Await.UntilAsync($"height {target} is reached", async () => (await client.GetStatusAsync(_stop.Token)).Height >= target);
                var header = (await client.GetBlockAsync(new Height(target), _stop.Token))!.Block.Header;
                roots.Add((header.Digest, header.Fields.StateRoot));
            }

            Assert.Single(roots.Distinct());
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    private async Task AssertNothingIsLostAsync(Issuing issuing, int validator)
    {
        using LicenceChainClient client = _network.Client(validator);
        foreach (var id in issuing.Acknowledged) Assert.NotNull(await client.GetLicenceAsync(id, _stop.Token));
    }
}
