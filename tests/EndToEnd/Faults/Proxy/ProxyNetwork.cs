using System.Net;
using System.Text.Json.Nodes;
using LicenceChain.Load.Network;

namespace LicenceChain.EndToEnd.Faults.Proxy;

/// <summary>Every way between the nodes of a network, each a <see cref="FaultProxy"/> that the dialer's node.json names as its peer.</summary>
internal sealed class ProxyNetwork : IFaultNetwork
{
    /// <summary>Shortest way that is drawn.</summary>
    public static readonly TimeSpan ShortestWay = TimeSpan.FromMilliseconds(30);

    /// <summary>Longest way that is drawn: the far corners of a country.</summary>
    public static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(80);

    private readonly LinkPath[,] _paths;
    private readonly FaultProxy?[,] _proxies;
    private readonly int _count;

    private ProxyNetwork(int count, Random random)
    {
        _count = count;
        _paths = new LinkPath[count, count];
        _proxies = new FaultProxy?[count, count];
        foreach (var (from, to) in Pairs()) _paths[from, to] = new LinkPath(ShortestWay + (random.NextDouble() * (LongestWay - ShortestWay)));
    }

    public string Description => "proxy: all validators on loopback, a proxy between them";

    public IReadOnlyList<Func<Random, IReadOnlyList<int>, LineFault>> OwnFaults => [];

    /// <summary>A network of processes with a proxy between its nodes, not yet started: 30 to 80 ms one way, drawn from <paramref name="seed"/>.</summary>
    public static (ProcessNetwork Network, ProxyNetwork Proxies) Create(int validators, int seed)
    {
        var network = ProcessNetwork.Create(validators, agencies: 1);
        return (network, Between(network, new Random(seed)));
    }

    public IPAddress AddressOf(int node) => IPAddress.Loopback;

    public IReadOnlyList<string> On(int node) => [];

    public void Part(IReadOnlyCollection<int> group)
    {
        foreach (var (from, to) in Pairs().Where(pair => group.Contains(pair.From) != group.Contains(pair.To))) _paths[from, to].Hold();
    }

    public void Mute(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node)) _paths[from, to].Hold();
    }

    public void Deafen(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.To == node)) _paths[from, to].Hold();
    }

    public void Reset(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node || pair.To == node)) _proxies[from, to]?.Reset();
    }

    public void Refuse(int node)
    {
        foreach (var (from, to) in Pairs().Where(pair => pair.From == node || pair.To == node))
            if (_proxies[from, to] is { } proxy)
                proxy.Refuses = true;
        Reset(node);
    }

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

    private static ProxyNetwork Between(ProcessNetwork network, Random random)
    {
        var nodes = network.Validators.Select(v => JsonNode.Parse(File.ReadAllText(v.Configuration))!.AsObject()).ToList();
        var ports = nodes.Select(node => node["linkPort"]!.GetValue<int>()).ToList();
        var faults = new ProxyNetwork(nodes.Count, random);
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
