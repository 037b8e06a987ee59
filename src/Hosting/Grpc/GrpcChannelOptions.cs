using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LicenceChain.Hosting.Grpc;

/// <summary>How a <see cref="GrpcChannel"/> connects. Checked when the channel is made.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Scheme, host and port: <c>http</c> is cleartext HTTP/2 with prior knowledge, <c>https</c> is TLS.</summary>
    public required Uri Address { get; init; }

    /// <summary>The certificate shown to the server, with its private key. Null: none. The channel does not dispose it.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Decides on the server's certificate instead of the machine's trust store. Null: the machine's trust store.</summary>
    public RemoteCertificateValidationCallback? CheckServerCertificate { get; init; }

    /// <summary>Bound of one message in bytes, either way; 1 to 2^30; default <see cref="GrpcLimits.MaxMessageBytes"/>.</summary>
    public int MaxMessageBytes { get; init; } = GrpcLimits.MaxMessageBytes;

    /// <summary>How long a connection may take to open; more than zero; default 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An idle connection is pinged this often; default <see cref="GrpcLimits.KeepAlivePingDelay"/>.</summary>
    public TimeSpan KeepAlivePingDelay { get; init; } = GrpcLimits.KeepAlivePingDelay;

    /// <summary>A connection that leaves a ping unanswered this long is closed; default <see cref="GrpcLimits.KeepAlivePingTimeout"/>.</summary>
    public TimeSpan KeepAlivePingTimeout { get; init; } = GrpcLimits.KeepAlivePingTimeout;

    /// <summary>Measures deadlines.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("http" or "https")) throw new ArgumentException($"A gRPC address is http://host:port or https://host:port, not {Address}.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxMessageBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
    }
}
