using System.Net.NetworkInformation;

namespace LicenceChain.Node.Configuration;

/// <summary>Which ports a new network's processes listen on: ten a region, one region after the other.</summary>
public sealed class PortPlan
{
    /// <summary>First port of a network unless told otherwise.</summary>
    public const int DefaultBase = 7100;

    internal const int PortsPerRegion = 10;
    internal const int MaxBase = 64_000;

    // Every system gives outgoing connections ports above these: one in between could take a network's port before it is bound, or while its node is stopped.
    private const int FreeFrom = 20_000;
    private const int FreeBelow = 32_000;
    private const int MaxFreeRegions = 100;

    // Where the next search of this process begins. Each process begins at a random place.
    private static int _nextFree = Random.Shared.Next((FreeBelow - FreeFrom) / PortsPerRegion);

    private PortPlan(int first) => First = first;

    /// <summary>The first region's first port.</summary>
    public int First { get; }

    /// <summary>Ten ports a region from <paramref name="basePort"/> on: link +0, REST +1, gRPC +2, Verifier +5. 1 to 64,000.</summary>
    public static PortPlan From(int basePort)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(basePort, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basePort, MaxBase);
        return new PortPlan(basePort);
    }

    /// <summary>
    /// Ports from 20,000 to 31,999 on which nothing listened a moment ago, for tests and for several networks on one machine. A process is given one again only after all the others.
    /// Throws <see cref="InvalidOperationException"/> when there is no such run.
    /// </summary>
    /// <param name="regions">How many there will be, with those that are added later: 1 to 100.</param>
    public static PortPlan Free(int regions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(regions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(regions, MaxFreeRegions);
        var taken = Listening();
        const int blocks = (FreeBelow - FreeFrom) / PortsPerRegion;
        for (var attempt = 0; attempt < blocks; attempt++)
        {
            var block = (int)((uint)(Interlocked.Add(ref _nextFree, regions) - regions) % blocks);
            var first = FreeFrom + (block * PortsPerRegion);
            if (block + regions <= blocks && !Enumerable.Range(first, regions * PortsPerRegion).Any(taken.Contains)) return new PortPlan(first);
        }

        throw new InvalidOperationException($"No {regions * PortsPerRegion} ports in a row are free from {FreeFrom} to {FreeBelow - 1}.");
    }

    internal static HashSet<int> Listening() => [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port)];

    internal IReadOnlyList<RegionPorts> For(int regions) => [.. Enumerable.Range(0, regions).Select(i => At(First + (PortsPerRegion * i)))];

    internal static RegionPorts At(int first) => new(first, first + 1, first + 2, first + 5);
}
