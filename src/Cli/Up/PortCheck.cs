using System.Net;
using System.Net.Sockets;

namespace LicenceChain.Cli.Up;

/// <summary>Looks whether ports are free before anything is created, so that a busy one leaves nothing half done.</summary>
internal static class PortCheck
{
    /// <summary>Throws with every busy port of <paramref name="ports"/>.</summary>
    public static void AllFree(IEnumerable<int> ports)
    {
        var busy = ports.Where(port => !IsFree(port)).ToList();
        if (busy.Count == 0) return;
        throw CommandFailure.BadInput(
            $"In use on 127.0.0.1: port {string.Join(", ", busy)}. Nothing was started. Stop what holds it ('ss -ltnp' names it; perhaps another 'licencechain up'), or make a network on other ports: --fresh --base-port N.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
