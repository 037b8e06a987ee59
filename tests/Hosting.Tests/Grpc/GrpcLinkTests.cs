using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Listening;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Tests.Grpc;

/// <summary>The port for links: mutual TLS 1.3 with pinned certificates.</summary>
public sealed class GrpcLinkTests : IAsyncLifetime
{
    private const string Method = "/licencechain.v1.Link/Connect";
    private readonly X509Certificate2 _server = SelfSigned();
    private readonly X509Certificate2 _client = SelfSigned();
    private readonly X509Certificate2 _stranger = SelfSigned();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLink(ListenAddress.Loopback(0), () => _server, peer => peer.Thumbprint == _client.Thumbprint));
        _app = builder.Build();
        _app.MapDuplex<LinkFrame, LinkFrame>(Method, LinkFrame.Parser, async (requests, responses, context) =>
        {
            var peer = await context.Http.Connection.GetClientCertificateAsync(context.CancellationToken);
            while (await requests.ReadAsync(context.CancellationToken) is not null)
                await responses.WriteAsync(new LinkFrame { Messages = { new LinkMessage { Standing = new SignedStandingMessage { Standing = new StandingMessage { Detail = peer!.Thumbprint } } } } }, context.CancellationToken);
        });
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
        _client.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task Peers_with_each_others_certificates_are_linked()
    {
        using var channel = Connect(_client, _server);
        using var call = channel.Duplex<LinkFrame, LinkFrame>(Method, LinkFrame.Parser);
        await call.Requests.WriteAsync(new LinkFrame(), default);
        Assert.Equal(_client.Thumbprint, (await call.Responses.ReadAsync(default))!.Messages[0].Standing.Standing.Detail);
    }

    [Fact]
    public async Task Stranger_and_peer_without_a_certificate_are_refused()
    {
        Assert.Equal(GrpcStatus.Unavailable, await RefusedAsync(_stranger, _server));
        Assert.Equal(GrpcStatus.Unavailable, await RefusedAsync(null, _server));
    }

    [Fact]
    public async Task Server_with_another_certificate_is_refused() =>
        Assert.Equal(GrpcStatus.Unavailable, await RefusedAsync(_client, _stranger));

    private async Task<GrpcStatus> RefusedAsync(X509Certificate2? own, X509Certificate2 expected)
    {
        using var channel = Connect(own, expected);
        using var call = channel.Duplex<LinkFrame, LinkFrame>(Method, LinkFrame.Parser);
        return (await Assert.ThrowsAsync<GrpcException>(() => call.Responses.ReadAsync(default).AsTask())).Status;
    }

    private GrpcChannel Connect(X509Certificate2? own, X509Certificate2 expected) => new(new GrpcChannelOptions
    {
        Address = new Uri(_app.Urls.Single()),
        ClientCertificate = own,
        CheckServerCertificate = (_, certificate, _, _) => certificate is not null && certificate.GetCertHashString() == expected.Thumbprint,
    });

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=validator", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
