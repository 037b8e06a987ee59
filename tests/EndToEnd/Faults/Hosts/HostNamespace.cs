using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>One host: a network namespace with nothing but a loopback and one interface, whose packets the <see cref="PacketSwitch"/> carries.</summary>
internal sealed class HostNamespace : IDisposable
{
    // Then the process that made it, and its number there.
    private const string Prefix = "licencechain-";

    private readonly string _interface;

    private HostNamespace(string name, string @interface, IPAddress address) => (Name, _interface, Address) = (name, @interface, address);

    /// <summary>As `ip netns` knows it.</summary>
    public string Name { get; }

    /// <summary>Its address, the only one that others see.</summary>
    public IPAddress Address { get; }

    /// <summary>Makes it around <paramref name="device"/>, which moves there. Throws <see cref="HostsUnavailableException"/>.</summary>
    public static HostNamespace Create(int number, TunDevice device, IPAddress address)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{number}");
        Ip("netns", "add", name);
        var host = new HostNamespace(name, device.Name, address);
        try
        {
            Ip("link", "set", device.Name, "netns", name);
            Ip("-n", name, "addr", "add", address + "/24", "dev", device.Name);
            Ip("-n", name, "link", "set", "lo", "up");
            host.Plug();
        }
        catch (HostsUnavailableException)
        {
            host.Dispose();
            throw;
        }

        return host;
    }

    /// <summary>Removes what processes left that are no more: after a crash nobody else does.</summary>
    public static void RemoveLeftovers()
    {
        foreach (var line in Ip("netns", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.Split(' ')[0];
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !Directory.Exists("/proc/" + name[Prefix.Length..].Split('-')[0])) Ip("netns", "del", name);
        }
    }

    /// <summary>`ip` with these arguments; what it printed. Throws <see cref="HostsUnavailableException"/> with what it complained of.</summary>
    public static string Ip(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd(); // a few lines each: neither pipe fills
            var complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new HostsUnavailableException($"`ip {string.Join(' ', arguments)}`: {complaint.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new HostsUnavailableException("there is no `ip` (Debian: apt-get install iproute2)");
        }
    }

    /// <summary>The cable is pulled: the host's own kernel knows, the others hear nothing any more.</summary>
    public void Unplug() => Ip("-n", Name, "link", "set", _interface, "down");

    /// <summary>The cable is in.</summary>
    public void Plug() => Ip("-n", Name, "link", "set", _interface, "up");

    public void Dispose() => Ip("netns", "del", Name);
}
