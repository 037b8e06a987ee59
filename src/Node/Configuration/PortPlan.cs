using System.Net;
using System.Net.Sockets;

namespace LicenceChain.Node.Configuration;

/// <summary>Which ports a new network's processes listen on.</summary>
public sealed class PortPlan
{
    /// <summary>First port of a network unless told otherwise.</summary>
    public const int DefaultBase = 7100;

    internal const int PortsPerRegion = 10;
    internal const int MaxBase = 64_000;
    private const int UsedPerRegion = 4;

    private readonly int _base;

    private PortPlan(int basePort) => _base = basePort;

    /// <summary>Ports that were free a moment ago, for tests and for several networks on one machine.</summary>
    public static PortPlan Free { get; } = new(0);

    /// <summary>Ten ports a region from <paramref name="basePort"/> on: link +0, REST +1, gRPC +2, Verifier +5. 1 to 64,000.</summary>
    public static PortPlan From(int basePort)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basePort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basePort, MaxBase);
        return new PortPlan(basePort);
    }

    internal IReadOnlyList<RegionPorts> For(int regions) =>
        _base == 0 ? TakeFree(regions) : [.. Enumerable.Range(0, regions).Select(i => At(_base + (PortsPerRegion * i)))];

    internal static RegionPorts At(int first) => new(first, first + 1, first + 2, first + 5);

    // All are held at once, so that the system gives distinct ones.
    private static List<RegionPorts> TakeFree(int regions)
    {
        var listeners = new List<TcpListener>(regions * UsedPerRegion);
        try
        {
            var taken = new List<RegionPorts>(regions);
            for (var i = 0; i < regions; i++) taken.Add(new RegionPorts(Take(), Take(), Take(), Take()));
            return taken;
        }
        finally
        {
            foreach (var one in listeners) one.Dispose();
        }

        int Take()
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            listeners.Add(listener);
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
