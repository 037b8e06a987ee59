using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LicenceChain.Hosting.Listening;

/// <summary>The three kinds of port that our services open. In cleartext REST and gRPC need one each (pitfall 6).</summary>
public static class ListeningExtensions
{
    /// <summary>REST in cleartext: HTTP/1.1. A site's gateway puts TLS or TLCP in front.</summary>
    public static void ListenRest(this KestrelServerOptions kestrel, ListenAddress address) =>
        kestrel.Listen(address.Address, address.Port, listen => listen.Protocols = HttpProtocols.Http1);

    /// <summary>gRPC in cleartext: HTTP/2 with prior knowledge.</summary>
    public static void ListenGrpc(this KestrelServerOptions kestrel, ListenAddress address) =>
        kestrel.Listen(address.Address, address.Port, listen => listen.Protocols = HttpProtocols.Http2);

    /// <summary>
    /// Links between validators: HTTP/2 over mutual TLS 1.3. <paramref name="acceptClient"/> alone decides on the peer's certificate (the
    /// members' certificates are pinned; no authority stands above them); <paramref name="server"/> gives ours, at each connection.
    /// </summary>
    public static void ListenLink(this KestrelServerOptions kestrel, ListenAddress address, Func<X509Certificate2> server, Func<X509Certificate2, bool> acceptClient) =>
        kestrel.Listen(address.Address, address.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (_, _) => server(),
                SslProtocols = SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => acceptClient(certificate),
                HandshakeTimeout = TimeSpan.FromSeconds(5),
            });
        });

    /// <summary>Starts the application; throws <see cref="PortInUseException"/> when one of <paramref name="addresses"/> is taken.</summary>
    public static async Task StartOrExplainAsync(this WebApplication app, IReadOnlyList<ListenAddress> addresses, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException && addresses.FirstOrDefault(IsTaken) is { } taken)
        {
            throw new PortInUseException(taken, e);
        }
    }

    private static bool IsTaken(ListenAddress address)
    {
        using var socket = new Socket(address.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new System.Net.IPEndPoint(address.Address, address.Port));
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
