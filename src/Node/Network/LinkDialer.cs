using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Network;

/// <summary>Keeps the link to one peer up: the lower key of a pair dials. Pauses between tries double, with a random part so that a restarted network does not dial in step.</summary>
internal sealed class LinkDialer(PeerConfiguration peer, LinkCertificates own, LinkHandshake handshake, LinkNetwork network, TimeProvider clock, ILogger logger)
{
    /// <summary>Called when each own certificate was tried and brought no link up, and when a link has ended.</summary>
    public Action Failed { get; init; } = static () => { };

    /// <summary>Dials until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = LinkLimits.MinRedial;
        var attempt = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var isLinked = network.IsLinked(peer.Key); // the other side dialled
            var wasUp = isLinked || await TryOnceAsync(own.At(attempt), pause, cancellationToken);
            attempt = wasUp ? 0 : attempt + 1;
            if (!isLinked && attempt % own.Count == 0) Failed();
            pause = wasUp ? LinkLimits.MinRedial : TimeSpan.FromTicks(long.Min(pause.Ticks * 2, LinkLimits.MaxRedial.Ticks));
            try
            {
                await Task.Delay(pause + (pause * (Random.Shared.NextDouble() / 2)), clock, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return; // the node stops
            }
        }
    }

    private async Task<bool> TryOnceAsync(LinkCertificate certificate, TimeSpan pause, CancellationToken cancellationToken)
    {
        var wasUp = false;
        try
        {
            using var channel = Channel(certificate);
            using var call = channel.Duplex<LinkFrame, LinkFrame>(LinkLimits.Path, LinkFrame.Parser, null, cancellationToken);
            using (var patience = new CancellationTokenSource(LinkLimits.HandshakeTimeout, clock))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken))
                await handshake.RunAsync(call.Responses, call.Requests, certificate.Fingerprint, peer, isDialer: true, both.Token);
            wasUp = true;
            await network.RunAsync(peer, call.Responses, call.Requests, cancellationToken);
        }
        catch (LinkRefusedException e)
        {
            Log.LinkRefused(logger, $"{peer.Host}:{peer.Port}", e.Message);
        }
        catch (Exception e) when (e is GrpcException or OperationCanceledException or IOException)
        {
            if (!cancellationToken.IsCancellationRequested) Log.DialFailed(logger, peer.Key, $"{peer.Host}:{peer.Port}", (int)pause.TotalMilliseconds, e.Message);
        }

        return wasUp;
    }

    private GrpcChannel Channel(LinkCertificate certificate) => new(new GrpcChannelOptions
    {
        Address = new UriBuilder("https", peer.Host, peer.Port).Uri,
        ClientCertificate = certificate.Value,
        CheckServerCertificate = (_, shown, _, _) => shown is not null && CertificateFingerprint.Of(shown) == peer.CertificateFingerprint,
        MaxMessageBytes = LinkLimits.MaxFrameBytes,
        KeepAlivePingDelay = LinkLimits.PingDelay,
        KeepAlivePingTimeout = LinkLimits.PingTimeout,
        Clock = clock,
    });
}
