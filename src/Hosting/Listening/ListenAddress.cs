using System.Net;

namespace LicenceChain.Hosting.Listening;

/// <summary>Where a service listens. Anything but loopback has to be written out by whoever configures it.</summary>
/// <param name="Address">The interface.</param>
/// <param name="Port">0 to 65535; 0 takes any free port, which only tests want.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>On 127.0.0.1; throws for a port outside of 0 to 65535.</summary>
    public static ListenAddress Loopback(int port)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return new ListenAddress(IPAddress.Loopback, port);
    }

    /// <summary>Reads <c>7101</c> (loopback), <c>127.0.0.1:7101</c>, <c>[::1]:7101</c> or <c>0.0.0.0:7101</c>; false for names and anything else.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (string.IsNullOrEmpty(text)) return false;
        if (ushort.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port))
        {
            address = Loopback(port);
            return true;
        }

        // IPEndPoint.TryParse takes an address without a port too: a port is asked for.
        if (!text.Contains(':', StringComparison.Ordinal) || text.EndsWith(']') || !IPEndPoint.TryParse(text, out var end)) return false;
        if (end.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !text.StartsWith('[')) return false;
        address = new ListenAddress(end.Address, end.Port);
        return true;
    }

    /// <summary><c>address:port</c>.</summary>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
