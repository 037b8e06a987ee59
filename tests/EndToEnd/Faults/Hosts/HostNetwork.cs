using System.Diagnostics;
using System.Globalization;
using System.Net;
using LicenceChain.Load.Network;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Every node on a host of its own, real packets between them: the nodes' kernels meet loss, delay and silence themselves. Clients are near all hosts, and only <see cref="Unplug"/> comes between.</summary>
internal sealed class HostNetwork : IFaultNetwork
{
    // Under load every link carries something in this time.
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(500);

    private readonly HostSet _set;
    private readonly HashSet<int> _unplugged = [];

    private HostNetwork(HostSet set) => _set = set;

    public string Description => string.Create(CultureInfo.InvariantCulture, $"hosts: {_set.Hosts.Count} network namespaces from {AddressOf(0)} on, packets carried by a switch; {_set}");

    public IReadOnlyList<Func<Random, IReadOnlyList<int>, LineFault>> OwnFaults =>
    [
        (random, _) => Loss(random.Next(5, 21)),
        (random, _) => Disorder(random.Next(5, 31)),
        (random, _) => Narrow(random.Next(64, 513)),
        (_, victims) => new LineFault($"unplug {string.Join(' ', victims)}", () => Each(victims, Unplug)),
        (random, victims) => OneDirection(victims[0], (victims[0] + random.Next(1, Validators)) % Validators),
    ];

    // One host waits for a node that is added later.
    private int Validators => _set.Hosts.Count - 1;

    /// <summary>Why there can be no hosts on this machine; null when there can.</summary>
    public static string? WhyNot()
    {
        try
        {
            using var set = HostSet.Open(count: 1, seed: 0);
            return null;
        }
        catch (HostsUnavailableException e)
        {
            return e.Message;
        }
    }

    /// <summary>A network of processes on hosts, not yet started. Distances are drawn from <paramref name="seed"/>. Throws <see cref="HostsUnavailableException"/>.</summary>
    public static (ProcessNetwork Network, HostNetwork Hosts) Create(int validators, int seed)
    {
        var hosts = new HostNetwork(HostSet.Open(validators + 1, seed));
        var network = ProcessNetwork.Create(validators, agencies: 1, hosts.AddressOf);
        for (var i = 0; i < validators; i++) network.Validators[i].Host = string.Join(' ', hosts.On(i));
        return (network, hosts);
    }

    public IPAddress AddressOf(int node) => _set.Hosts[node].Address;

    public IReadOnlyList<string> On(int node) => ["ip", "netns", "exec", _set.Hosts[node].Name];

    public void Part(IReadOnlyCollection<int> group) => _set.Change(pair => group.Contains(pair.From) != group.Contains(pair.To), path => path.IsCut = true);

    public void Mute(int node) => _set.Change(pair => pair.From == node, path => path.IsCut = true);

    public void Deafen(int node) => _set.Change(pair => pair.To == node, path => path.IsCut = true);

    /// <summary>What <paramref name="from"/> sends to <paramref name="to"/> vanishes, until <see cref="Heal"/>; the other direction is sound.</summary>
    public void Blackhole(int from, int to) => _set.Change(pair => pair == (from, to), path => path.IsCut = true);

    public void Reset(int node)
    {
        var until = Stopwatch.GetTimestamp() + (long)(ResetTime.TotalSeconds * Stopwatch.Frequency);
        _set.Change(pair => pair.From == node || pair.To == node, path => path.ResetsUntil = long.Max(path.ResetsUntil, until));
    }

    public void Refuse(int node) => _set.Change(pair => pair.From == node || pair.To == node, path => path.ResetsUntil = long.MaxValue);

    public IDisposable Slow(int node, TimeSpan delay)
    {
        _set.Change(pair => pair.From == node || pair.To == node, path => path.Detour += delay);
        return new Slowness(this, node, delay);
    }

    /// <summary>Every way between hosts becomes what <paramref name="worse"/> makes of it, until <see cref="Heal"/>.</summary>
    public void Degrade(Func<PathQuality, PathQuality> worse) => _set.Change(_ => true, path => path.Quality = worse(path.Usual));

    /// <summary>The cable of a node's host is pulled, until <see cref="Heal"/>: clients lose it, too.</summary>
    public void Unplug(int node)
    {
        if (_unplugged.Add(node)) _set.Hosts[node].Unplug();
    }

    public void Heal()
    {
        foreach (var node in _unplugged) _set.Hosts[node].Plug();
        _unplugged.Clear();
        _set.Change(_ => true, path =>
        {
            path.IsCut = false;
            path.Quality = path.Usual;
            if (path.ResetsUntil == long.MaxValue) path.ResetsUntil = 0;
        });
    }

    /// <summary>This share of the packets on every line is lost.</summary>
    public LineFault Loss(int percent) => new($"{percent} % lost on every line", () => Degrade(usual => usual with { Loss = percent / 100.0 }));

    public ValueTask DisposeAsync()
    {
        _set.Dispose();
        return ValueTask.CompletedTask;
    }

    private LineFault Disorder(int percent) => new(
        $"{percent} % overtaken and {percent} % twice on every line",
        () => Degrade(usual => usual with { Overtaking = percent / 100.0, Duplication = percent / 100.0, Jitter = TimeSpan.FromMilliseconds(percent) }));

    private LineFault Narrow(int kilobits) => new($"{kilobits} kbit/s on every line", () => Degrade(usual => usual with { BytesPerSecond = kilobits * 125 }));

    private LineFault OneDirection(int from, int to) => new($"one direction lost, {from} to {to}", () => Blackhole(from, to));

    private static void Each(IEnumerable<int> nodes, Action<int> what)
    {
        foreach (var node in nodes) what(node);
    }

    private sealed class Slowness(HostNetwork network, int node, TimeSpan delay) : IDisposable
    {
        public void Dispose() => network._set.Change(pair => pair.From == node || pair.To == node, path => path.Detour -= delay);
    }
}
