using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace LicenceChain.Node.Configuration;

/// <summary>Where a region's services listen and are found: one address for both, so it names one host and no pattern of them.</summary>
public static class HostAddress
{
    /// <summary>Reads an IPv4 or IPv6 address in its usual form; false for a name, a short form such as 10.1, a port or an address of no host.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains('[', StringComparison.Ordinal) : address.ToString() == text) && Problem(address) is null;

    /// <summary>Why <paramref name="address"/> cannot be a host's, in a sentence; null when it can.</summary>
    public static string? Problem(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return $"{address} is every address of a host: name the one at which the others reach it.";
        if (address.Equals(IPAddress.Broadcast) || address.IsIPv6Multicast || IsMulticast(address)) return $"{address} is the address of many hosts: name the one of this region's.";
        return address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0) ? $"{address} holds on one cable only: name an address at which the others reach the host." : null;
    }

    private static bool IsMulticast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240;
}
