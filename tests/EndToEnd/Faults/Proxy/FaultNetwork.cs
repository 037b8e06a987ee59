using System.Text.Json.Nodes;
using LicenceChain.Load.Network;

namespace LicenceChain.EndToEnd.Faults.Proxy;

/// <summary>Every way between the nodes of a network, each a <see cref="FaultProxy"/> that the dialer's node.json names as its peer.</summary>
internal sealed class FaultNetwork : IAsyncDisposable
{
    /// <summary>Shortest way that is drawn.</summary>
    public static readonly TimeSpan ShortestWay = TimeSpan.FromMilliseconds(30);

    /// <summary>Longest way that is drawn: the far corners of a country.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(80);

    private readonly LinkPath[,] _paths;
    private readonly FaultProxy?[,] _proxies;
    private readonly int _count;

    private FaultNetwork(int count, Random random)
    {
        _count = count;
        _paths = new LinkPath[count, count];
        _proxies = new FaultProxy?[count, count];
        foreach (var (from, to) in Pairs()) _paths[from, to] = new LinkPath(ShortestWay + (random.NextDouble() * (LongestWay - ShortestWay)));
    }

    /// <summary>Puts itself between the nodes of a network that has not been started: 30 to 80 ms one way, drawn from <paramref name="random"/>.</summary>
    public static FaultNetwork Between(ProcessNetwork network, Random random)
    {
        var nodes = network.Validators.Select(v => JsonNode.Parse(File.ReadAllText(v.Configuration))!.AsObject()).ToList();
        var ports = nodes.Select(node => node["linkPort"]!.GetValue<int>()).ToList();
        var faults = new FaultNetwork(nodes.Count, random);
        for (var from = 0; from < nodes.Count; from++)
        {
            foreach (var peer in nodes[from]["peers"]!.AsArray())
            {
                var to = ports.IndexOf(peer!["port"]!.GetValue<int>());
                var proxy = new FaultProxy(ports[to], faults._paths[from, to], faults._paths[to, from]);
                faults._proxies[from, to] = proxy;
                peer["port"] = proxy.Port;
            }

            File.WriteAllText(network.Validators[from].Configuration, nodes[from].ToJsonString());
        }

        return faults;
    }

    /// <summary>Nothing passes between <paramref name="group"/> and the rest, in either direction, until <see cref="Heal"/>.</summary>
    public void Part(IReadOnlyCollection<int> group)
    {
        foreach (var (from, to) in Pairs().Where(pair => group.Contains(pair.From) != group.Contains(pair.To))) _paths[from, to].Hold();
    }

    /// <summary>Nothing that <paramref name="node"/> sends arrives anywhere; it hears everybody.</summary>
    public void Mute(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node)) _paths[from, to].Hold();
    }

    /// <summary>Nothing arrives at <paramref name="node"/>; everybody hears it.</summary>
    public void Deafen(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.To == node)) _paths[from, to].Hold();
    }

    /// <summary>Every connection of <paramref name="node"/> ends with a reset.</summary>
    public void Reset(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node || pair.To == node)) _proxies[from, to]?.Reset();
    }

    /// <summary>Connections of <paramref name="node"/> are reset, and refused until <see cref="Heal"/>.</summary>
    public void Refuse(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node || pair.To == node))
            if (_proxies[from, to] is { } proxy)
                proxy.Refuses = true;
        Reset(node);
    }

    /// <summary>What <paramref name="node"/> sends and hears takes <paramref name="delay"/> more until <see cref="Heal"/>.</summary>
    public IDisposable Slow(int node, TimeSpan delay)
    {
        var before = Pairs().Where(pair => pair.From == node || pair.To == node).Select(pair => (Path: _paths[pair.From, pair.To], _paths[pair.From, pair.To].Delay)).ToList();
        foreach (var (path, was) in before) path.Slow(was + delay);
        return new Slowness(before);
    }

    /// <summary>Everything passes again; what was held arrives.</summary>
    public void Heal()
    {
        foreach (var (from, to) in Pairs())
        {
            _paths[from, to].Release();
            if (_proxies[from, to] is { } proxy) proxy.Refuses = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        foreach (var proxy in _proxies)
            if (proxy is not null)
                await proxy.DisposeAsync();
    }

    private IEnumerable<(int From, int To)> Pairs() =>
        from one in Enumerable.Range(0, _count)
        from other in Enumerable.Range(0, _count)
        where one != other
        select (one, other);

    private sealed class Slowness(IReadOnlyList<(LinkPath Path, TimeSpan Delay)> before) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (path, delay) in before) path.Slow(delay);
        }
    }
}
