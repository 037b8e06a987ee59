using System.Threading.Channels;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Network;

public sealed class LinkHandshakeTests
{
    private static readonly ChainId Chain = ChainId.Parse("test-chain");
    private static readonly Hash256 Genesis = Sm3.Hash("genesis"u8);
    private static readonly CertificateFingerprint DialerCertificate = new(Sm3.Hash("dialer"u8));
    private static readonly CertificateFingerprint ListenerCertificate = new(Sm3.Hash("listener"u8));
    private static readonly CertificateFingerprint OtherCertificate = new(Sm3.Hash("other"u8));

    private readonly Sm2PrivateKey _dialer = Sm2PrivateKey.Generate();
    private readonly Sm2PrivateKey _listener = Sm2PrivateKey.Generate();

    [Fact]
    public async Task Two_peers_that_know_each_other_are_linked()
    {
        Assert.Equal((null, null), await RunAsync(Side(_dialer), Side(_listener)));
    }

    [Fact]
    public async Task Another_identity_than_the_configured_one_is_refused()
    {
        var (atDialer, _) = await RunAsync(Side(_dialer), Side(Sm2PrivateKey.Generate()));

        Assert.Equal("unknown-key", atDialer);
    }

    [Fact]
    public async Task A_node_that_holds_two_keys_is_known_by_either()
    {
        var next = Sm2PrivateKey.Generate();
        Assert.Equal((null, null), await RunAsync(Side(_dialer), Both(_listener, next)));
        Assert.Equal((null, null), await RunAsync(Side(_dialer), Both(next, _listener)));
        var (atDialer, _) = await RunAsync(Side(_dialer), Both(next, Sm2PrivateKey.Generate()));
        Assert.Equal("unknown-key", atDialer);

        static LinkHandshake Both(Sm2PrivateKey one, Sm2PrivateKey other) => new(new NodeSigner(one, other), Chain, Genesis);
    }

    [Fact]
    public async Task A_peer_of_another_chain_is_refused()
    {
        var (atDialer, atListener) = await RunAsync(
            Side(_dialer), new LinkHandshake(new NodeSigner(_listener), ChainId.Parse("other-chain"), Genesis));

        Assert.Equal(("wrong-chain", "wrong-chain"), (atDialer, atListener));
    }

    [Fact]
    public async Task A_peer_of_the_same_name_but_another_genesis_is_refused()
    {
        var (atDialer, atListener) = await RunAsync(
            Side(_dialer), new LinkHandshake(new NodeSigner(_listener), Chain, Sm3.Hash("fork"u8)));

        Assert.Equal(("wrong-genesis", "wrong-genesis"), (atDialer, atListener));
    }

    [Fact]
    public async Task An_identity_proven_over_another_certificate_is_refused()
    {
        // What somebody in the middle, with a certificate of his own, would pass on.
        var (atDialer, _) = await RunAsync(Side(_dialer), Side(_listener), OtherCertificate);

        Assert.Equal("bad-signature", atDialer);
    }

    private static LinkHandshake Side(Sm2PrivateKey key) => new(new NodeSigner(key), Chain, Genesis);

    private async Task<(string? AtDialer, string? AtListener)> RunAsync(LinkHandshake dialer, LinkHandshake listener, CertificateFingerprint? shown = null)
    {
        var there = new Pipe();
        var back = new Pipe();
        var atDialer = RefusalAsync(dialer.RunAsync(back, there, DialerCertificate, Peer(_listener, ListenerCertificate), isDialer: true, CancellationToken.None), there);
        var atListener = RefusalAsync(listener.RunAsync(there, back, shown ?? ListenerCertificate, Peer(_dialer, DialerCertificate), isDialer: false, CancellationToken.None), back);
        return (await atDialer, await atListener);
    }

    private static PeerConfiguration Peer(Sm2PrivateKey key, CertificateFingerprint certificate) => new(key.PublicKey.Id, "127.0.0.1", 1, certificate);

    private static async Task<string?> RefusalAsync(Task handshake, Pipe own)
    {
        try
        {
            await handshake;
            return null;
        }
        catch (LinkRefusedException e)
        {
            return e.Message;
        }
        finally
        {
            own.Close();
        }
    }

    private sealed class Pipe : IGrpcReader<LinkFrame>, IGrpcWriter<LinkFrame>
    {
        private readonly Channel<LinkFrame> _frames = Channel.CreateUnbounded<LinkFrame>();

        public async ValueTask<LinkFrame?> ReadAsync(CancellationToken cancellationToken) =>
            await _frames.Reader.WaitToReadAsync(cancellationToken) && _frames.Reader.TryRead(out var frame) ? frame : null;

        public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out LinkFrame? message) => _frames.Reader.TryRead(out message);

        public ValueTask WriteAsync(LinkFrame message, CancellationToken cancellationToken)
        {
            _frames.Writer.TryWrite(message);
            return ValueTask.CompletedTask;
        }

        public void Write(LinkFrame message) => _frames.Writer.TryWrite(message);

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Close() => _frames.Writer.TryComplete();
    }
}
