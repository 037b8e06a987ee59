using System.Globalization;
using System.Net;
using LicenceChain.EndToEnd.Faults.Proxy;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>
/// Hosts with an address each and the ways between them. The clients' host is this machine's own namespace: it is near all of them, and the faults of lines leave it out. A
/// private /24 that exists nowhere else; everything goes with <see cref="Dispose"/>, or with the next set after a crash.
/// </summary>
internal sealed class HostSet : IDisposable
{
    // Within the /24: clients have the first address, hosts go from here.
    private const byte ClientsByte = 1;
    private const byte FirstByte = 11;

    private readonly List<IDisposable> _made = [];
    private readonly List<HostNamespace> _hosts = [];
    private readonly PacketPath[,] _paths; // port 0 is the clients', port i + 1 that of host i
    private readonly PacketSwitch _switch;

    private HostSet(int count, int seed)
    {
        HostNamespace.RemoveLeftovers();
        var net = FreeNet();
        _paths = Paths(count + 1, new Random(seed));
        try
        {
            var ports = new List<TunDevice> { Device("c") };
            HostNamespace.Ip("addr", "add", Address(net, ClientsByte) + "/24", "dev", ports[0].Name);
            HostNamespace.Ip("link", "set", ports[0].Name, "up");
            for (var i = 0; i < count; i++)
            {
                ports.Add(Device(i.ToString(CultureInfo.InvariantCulture)));
                _hosts.Add(HostNamespace.Create(i, ports[^1], Address(net, (byte)(FirstByte + i))));
                _made.Add(_hosts[^1]);
            }

            _switch = new PacketSwitch(ports, [ClientsByte, .. Enumerable.Range(FirstByte, count).Select(last => (byte)last)], _paths);
            _made.Add(_switch);
        }
        catch (HostsUnavailableException)
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<HostNamespace> Hosts => _hosts;

    /// <summary>Makes <paramref name="count"/> hosts, 30 to 80 ms apart by the draws of <paramref name="seed"/>. Throws <see cref="HostsUnavailableException"/>.</summary>
    public static HostSet Open(int count, int seed) => new(count, seed);

    /// <summary>Changes the ways from host to host that <paramref name="which"/> names.</summary>
    public void Change(Func<(int From, int To), bool> which, Action<PacketPath> change) => _switch.Change(() =>
    {
        foreach (var (from, to) in Pairs().Where(which)) change(_paths[from + 1, to + 1]);
    });

    /// <summary>What the switch did so far.</summary>
    public override string ToString()
    {
        var lost = 0L;
        Change(_ => true, path => lost += path.Lost);
        return string.Create(CultureInfo.InvariantCulture, $"{_switch.Carried:N0} packets carried, {lost:N0} lost on the way, {_switch.Dropped:N0} not taken");
    }

    public void Dispose()
    {
        for (var i = _made.Count - 1; i >= 0; i--) _made[i].Dispose();
        _made.Clear();
    }

    private static PacketPath[,] Paths(int ports, Random random)
    {
        var paths = new PacketPath[ports, ports];
        for (var from = 0; from < ports; from++)
            for (var to = 0; to < ports; to++)
            {
                var delay = ProxyNetwork.ShortestWay + (random.NextDouble() * (ProxyNetwork.LongestWay - ProxyNetwork.ShortestWay));
                paths[from, to] = new PacketPath(from == 0 || to == 0 ? PathQuality.Near : PathQuality.Line(delay), random.Next());
            }

        return paths;
    }

    // 10.203.x.0/24, with an x that no interface or route of this machine has.
    private static IPAddress FreeNet()
    {
        var taken = HostNamespace.Ip("-4", "route", "show", "table", "all");
        for (var i = 0; i < 256; i++)
        {
            var third = (byte)(Environment.ProcessId + i);
            if (!taken.Contains($"10.203.{third}.", StringComparison.Ordinal)) return new IPAddress([10, 203, third, 0]);
        }

        throw new HostsUnavailableException("10.203.0.0/16 is in use on this machine");
    }

    private static IPAddress Address(IPAddress net, byte last)
    {
        var bytes = net.GetAddressBytes();
        bytes[^1] = last;
        return new IPAddress(bytes);
    }

    private TunDevice Device(string suffix)
    {
        var device = TunDevice.Create(string.Create(CultureInfo.InvariantCulture, $"lc{Environment.ProcessId}x{suffix}")); // at most 15 characters
        _made.Add(device);
        return device;
    }

    private IEnumerable<(int From, int To)> Pairs() =>
        from one in Enumerable.Range(0, _hosts.Count)
        from other in Enumerable.Range(0, _hosts.Count)
        where one != other
        select (one, other);
}
