using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Network;

public sealed class LinkTlsTests
{
    [Fact]
    public async Task A_certificate_that_the_configuration_does_not_name_opens_no_link()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);
        var stranger = new TestMember(9);

        await Assert.ThrowsAsync<GrpcException>(() => ConnectAsync(network, stranger, network.Members[0].Fingerprint));
    }

    [Fact]
    public async Task A_node_that_shows_another_certificate_than_the_pinned_one_is_not_talked_to()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);

        await Assert.ThrowsAsync<GrpcException>(() => ConnectAsync(network, network.Members[1], network.Members[2].Fingerprint));
    }

    [Fact]
    public async Task A_named_certificate_is_challenged()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);

        var frame = await ConnectAsync(network, network.Members[1], network.Members[0].Fingerprint);

        Assert.Equal(TestNetwork.ChainName, Assert.Single(frame!.Messages).Challenge.ChainId);
    }

    private static async Task<LinkFrame?> ConnectAsync(TestNetwork network, TestMember client, CertificateFingerprint expected)
    {
        using var channel = new GrpcChannel(new GrpcChannelOptions
        {
            Address = new UriBuilder("https", "127.0.0.1", network.Configurations[0].LinkPort).Uri,
            ClientCertificate = client.UsableCertificate(),
            CheckServerCertificate = (_, shown, _, _) => CertificateFingerprint.Of(shown!) == expected,
        });
        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        using var call = channel.Duplex<LinkFrame, LinkFrame>("/licencechain.v1.Link/Connect", LinkFrame.Parser, null, patience.Token);
        return await call.Responses.ReadAsync(patience.Token);
    }
}
