using System.Diagnostics;
using System.Globalization;
using LicenceChain.EndToEnd.Faults.Hosts;
using LicenceChain.EndToEnd.Faults.Proxy;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Validators as processes, 30 to 80 ms apart, with clients that write down every acknowledgement: what faults are done to.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    // 20 to 50 transactions a second over these distances: the faults are what is tested, not the throughput.
    private const int Workers = 16;

    // Seven runtimes start at once, on two cores that may be busy with something else.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Action<string> _report;
    private readonly IReadOnlyList<LicenceChainClient> _watchers;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TestLicences _licences;
    private ClientLoad? _load;

    private Cluster(ProcessNetwork network, IFaultNetwork links, SmallDisk disk, Action<string> report)
    {
        (Network, Links, Disk, _report) = (network, links, disk, report);
        _licences = new TestLicences(network);
        // A paused validator takes a connection and never answers: the watcher must not wait for it.
        _watchers = [.. Enumerable.Range(0, Count).Select(i => network.Client(i, TimeSpan.FromSeconds(2), maxAttempts: 1))];
    }

    public ProcessNetwork Network { get; }

    public IFaultNetwork Links { get; }

    /// <summary>The disk of <see cref="OnSmallDisk"/>.</summary>
    public SmallDisk Disk { get; }

    public AcknowledgementLog Log { get; } = new();

    /// <summary>Validators that were built anew from a snapshot.</summary>
    public HashSet<int> Joined { get; } = [];

    public int Count => Network.Validators.Count;

    /// <summary>The validator whose host's clock can be set.</summary>
    public int OnOwnClock => Count - 1;

    /// <summary>The validator whose disk can be filled.</summary>
    public int OnSmallDisk => Count - 2;

    /// <summary>C-QUORUM: f.</summary>
    public int FaultBound => Network.Directory.Anchor.Validators.FaultBound;

    public ValidatorProcess this[int validator] => Network.Validators[validator];

    /// <summary>Starts a network whose distances are drawn from <paramref name="seed"/>. Throws <see cref="HostsUnavailableException"/> where hosts were asked for and cannot be.</summary>
    public static async Task<Cluster> StartAsync(int validators, NetworkKind kind, int seed, Action<string> report, CancellationToken stop)
    {
        var (network, links) = Create(validators, kind, seed, report);
        report($"{validators} validators, seed {seed}; {links.Description}");
        network.Validators[^1].Script = ClockHostCommand.Script;
        var cluster = new Cluster(network, links, SmallDisk.Of(network.Validators[^2]), report);
        foreach (var validator in network.Validators) validator.Start();
        for (var i = 0; i < validators; i++) await network.WhenReadyAsync(i, StartLimit, stop);
        using var first = network.Client(0);
        await cluster._licences.RegisterTypeAsync(first, stop);
        return cluster;
    }

    /// <summary>Says what happens, with the time since the start.</summary>
    public void Report(string what) => _report(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalSeconds,7:N1} s  {what}"));

    /// <summary>Undoes every fault, waits until all is well, and has the clients go on.</summary>
    public async Task RestoreAsync(CancellationToken stop)
    {
        Links.Heal();
        Disk.Free();
        SetClock(TimeSpan.Zero);
        foreach (var validator in Network.Validators)
        {
            if (validator.IsRunning) validator.Resume();
            else validator.Start();
        }

        if (_load is null)
        {
            using var client = Network.Client(0);
            await Await.UntilAsync("validator 0 answers", async () => await StatusAsync(0, stop) is not null);
            _load = new ClientLoad(Network, _licences, Log, (await client.GetStatusAsync(stop)).Height, Workers);
        }

        await WhenAllWellAsync(stop);
        await WhenAcknowledgedAsync(20, stop);
    }

    /// <summary>Sets the clock of the host of <see cref="OnOwnClock"/> this far off.</summary>
    public void SetClock(TimeSpan shift) => ShiftedClock.Set(ClockHostCommand.ClockFile(this[OnOwnClock].Configuration), shift);

    /// <summary>Waits for <paramref name="more"/> acknowledgements.</summary>
    public async Task WhenAcknowledgedAsync(int more, CancellationToken stop)
    {
        var target = Log.Count + more;
        await Await.UntilAsync($"{more} more acknowledgements", () => Task.FromResult(Log.Count >= target || stop.IsCancellationRequested));
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until every validator votes and is at the head.</summary>
    public Task WhenAllWellAsync(CancellationToken stop) => WhenWellAsync(Enumerable.Range(0, Count), stop);

    /// <summary>Waits until each of <paramref name="validators"/> is ready, votes and is no more than two blocks behind the first of all.</summary>
    public async Task WhenWellAsync(IEnumerable<int> validators, CancellationToken stop)
    {
        foreach (var validator in validators)
        {
            await Network.WhenReadyAsync(validator, StartLimit, stop);
            await Await.UntilAsync($"validator {validator} is at the head and votes", async () =>
                await StatusAsync(validator, stop) is { Alarm: "" } status && status.Height + 2 >= await HeadAsync(stop));
        }
    }

    /// <summary>What a validator says of itself; null when it does not answer.</summary>
    public async Task<StatusReply?> StatusAsync(int validator, CancellationToken stop)
    {
        if (!this[validator].IsRunning) return null;
        try
        {
            return await _watchers[validator].GetStatusAsync(stop);
        }
        catch (LicenceChainException)
        {
            return null; // paused, starting or ending
        }
    }

    /// <summary>The highest height that a validator says.</summary>
    public async Task<ulong> HeadAsync(CancellationToken stop) =>
        (await Task.WhenAll(Enumerable.Range(0, Count).Select(i => StatusAsync(i, stop)))).Max(status => status?.Height ?? 0);

    /// <summary>The highest height that these validators say, each of which answers sooner or later.</summary>
    public async Task<ulong> HeadOfAsync(IEnumerable<int> validators, CancellationToken stop)
    {
        var head = 0ul;
        foreach (var validator in validators)
            await Await.UntilAsync($"validator {validator} answers", async () =>
            {
                var status = await StatusAsync(validator, stop);
                head = ulong.Max(head, status?.Height ?? 0);
                return status is not null;
            });
        return head;
    }

    /// <summary>C-PROPOSER: which validator proposes <paramref name="height"/> in round 0.</summary>
    public async Task<int> ProposerAsync(ulong height, CancellationToken stop)
    {
        using var client = Network.Client(0);
        Assert.True(ValidatorSet.TryFrom((await client.GetValidatorsAsync(stop)).Record, out var set));
        var member = set.Validators[set.ProposerIndex(new Height(height), default)].Member;
        return Enumerable.Range(0, Count).Single(i => Network.Directory.Regions[i].Bureau == member);
    }

    /// <summary>Stops the clients, waits until every validator has all that was committed, and reads every block of each.</summary>
    public async Task<ChainAudit> AuditAsync(CancellationToken stop)
    {
        if (_load is not null) await _load.DisposeAsync();
        _load = null;
        var audit = await ChainAudit.RunAsync(Network, Enumerable.Range(0, Count), await HeadAsync(stop), Log, Joined, stop);
        Report($"audit: {Log.Count} acknowledged, {audit.Transactions} transactions in {audit.Blocks} blocks of {Count} validators, {audit.Findings.Count} findings");
        foreach (var finding in audit.Findings) Report(finding);
        return audit;
    }

    private static (ProcessNetwork Network, IFaultNetwork Links) Create(int validators, NetworkKind kind, int seed, Action<string> report)
    {
        if (kind is not NetworkKind.Proxy)
        {
            try
            {
                return HostNetwork.Create(validators, seed);
            }
            catch (HostsUnavailableException e) when (kind is NetworkKind.Unspecified)
            {
                report($"no hosts of their own on this machine, the proxy stands in: {e.Message}");
            }
        }

        return ProxyNetwork.Create(validators, seed);
    }

    public async ValueTask DisposeAsync()
    {
        if (_load is not null) await _load.DisposeAsync();
        foreach (var watcher in _watchers) watcher.Dispose();
        foreach (var validator in Network.Validators) validator.Dispose();
        await Links.DisposeAsync();
        Disk.Dispose();
        Network.Dispose();
    }
}
