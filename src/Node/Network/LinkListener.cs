using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Listening;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Network;

/// <summary>The link port: gRPC over mutual TLS 1.3. Only certificates that the configuration names or the chain lists get as far as the handshake.</summary>
internal sealed class LinkListener : IAsyncDisposable
{
    private readonly PeerDirectory _peers;
    private readonly LinkHandshake _handshake;
    private readonly LinkNetwork _network;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WebApplication _server;
    private readonly ListenAddress _address;

    public LinkListener(NodeConfiguration configuration, PeerDirectory peers, LinkCertificates own, LinkHandshake handshake, LinkNetwork network, TimeProvider clock, ILoggerFactory logging, ILogger logger)
    {
        _peers = peers;
        _handshake = handshake;
        _network = network;
        _clock = clock;
        _logger = logger;
        _address = new ListenAddress(configuration.LinkAddress, configuration.LinkPort);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel);
            kestrel.Limits.Http2.KeepAlivePingDelay = LinkLimits.PingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = LinkLimits.PingTimeout;
            kestrel.ListenLink(_address, () => own.At(0).Value, shown => _peers.TryFind(CertificateFingerprint.Of(shown), out _));
        });
        _server = builder.Build();
        _server.UseRouting();
        _server.MapDuplex<LinkFrame, LinkFrame>(LinkLimits.Path, LinkFrame.Parser, ServeAsync, LinkLimits.MaxFrameBytes);
    }

    /// <summary>Opens the port; throws PortInUseException when it is taken.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _server.StartOrExplainAsync([_address], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private async Task ServeAsync(IGrpcReader<LinkFrame> reader, IGrpcWriter<LinkFrame> writer, GrpcCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var certificate = context.Http.Connection.ClientCertificate;
        if (certificate is null || !_peers.TryFind(CertificateFingerprint.Of(certificate), out var peer))
            throw new GrpcException(GrpcStatus.Unauthenticated, "This certificate is no peer's.");
        try
        {
            await context.SendHeadersAsync();
            var own = CertificateFingerprint.Of(context.Http.Features.GetRequiredFeature<ISslStreamFeature>().SslStream.LocalCertificate!); // not what is shown by now
            using (var patience = new CancellationTokenSource(LinkLimits.HandshakeTimeout, _clock))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken))
                await _handshake.RunAsync(reader, writer, own, peer, isDialer: false, both.Token);
            await _network.RunAsync(peer, reader, writer, cancellationToken);
        }
        catch (LinkRefusedException e)
        {
            Log.LinkRefused(_logger, peer.Key.ToString(), e.Message);
            throw new GrpcException(GrpcStatus.PermissionDenied, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.Aborted, "The link was replaced, closed, or its handshake took too long.");
        }
    }

    // The node decides when its links stop, not the server by itself on Ctrl-C.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
