using System.Net;
using System.Net.Sockets;

namespace LicenceChain.Load.Network;

/// <summary>
/// Ports that nobody uses and that no system hands out: what asks for any free port, such as each outgoing connection, gets one from above 32,768, and may take a port there
/// between its planning and its use.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Beyond = 32_000;

    /// <summary>The first of <paramref name="count"/> ports in a row that were free a moment ago. Drawn at random, so that two networks that start at once differ.</summary>
    public static int Find(int count)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var first = Random.Shared.Next(First, Beyond - count);
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }

        throw new InvalidOperationException($"No {count} ports in a row are free from {First} to {Beyond}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
