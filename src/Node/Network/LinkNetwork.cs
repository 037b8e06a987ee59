using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Network;

/// <summary>The links that are up, at most one a peer. A newer link replaces an older one that has not yet noticed its end.</summary>
internal sealed class LinkNetwork(PeerDirectory peers, LoopQueue queue, Action onPeersChanged, ILogger logger) : IPeerNetwork
{
    private readonly Lock _lock = new();
    private readonly Dictionary<KeyId, ActiveLink> _links = [];

    /// <inheritdoc/>
    public void Send(KeyId peer, LinkMessage message) => Find(peer)?.Outbox.Add(message);

    /// <summary>True while a peer's link is up, whoever dialled.</summary>
    public bool IsLinked(KeyId peer) => Find(peer) is not null;

    /// <inheritdoc/>
    public void Broadcast(LinkMessage message)
    {
        lock (_lock)
            foreach (var link in _links.Values)
                link.Outbox.Add(message);
    }

    /// <inheritdoc/>
    public void Disconnect(KeyId peer, string reason)
    {
        Log.PeerClosed(logger, peer, reason);
        Find(peer)?.Cancel();
    }

    /// <inheritdoc/>
    public void SetPeers(IReadOnlyList<PeerConfiguration> listed)
    {
        List<ActiveLink> gone;
        lock (_lock)
        {
            peers.List(listed);
            gone = [.. _links.Values.Where(link => !peers.Holds(link.Peer))];
        }

        foreach (var link in gone)
        {
            Log.PeerClosed(logger, link.Peer.Key, "It is no longer among the peers.");
            link.Cancel();
        }

        onPeersChanged();
    }

    /// <summary>Carries a link whose peer has proven itself, until either side ends it. Returns or throws what ended it.</summary>
    public async Task RunAsync(PeerConfiguration peer, IGrpcReader<LinkFrame> reader, IGrpcWriter<LinkFrame> writer, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var link = new ActiveLink(peer, new LinkOutbox(), ending);
        ActiveLink? before;
        lock (_lock)
        {
            if (!peers.Holds(peer)) throw new LinkRefusedException("no-longer-a-peer"); // it left during the handshake
            _links.Remove(peer.Key, out before);
            _links.Add(peer.Key, link);
        }

        before?.Cancel();
        try
        {
            await queue.PostAsync(new NodeEvent.PeerConnected(peer.Key), ending.Token);
            var sending = SendAllAsync(link.Outbox, writer, ending.Token);
            var receiving = ReceiveAllAsync(peer.Key, reader, ending.Token);
            var first = await Task.WhenAny(sending, receiving);
            link.Cancel();
            await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first failure is the one that counts
            await first;
        }
        finally
        {
            link.End();
            if (Forget(link)) queue.Post(new NodeEvent.PeerDisconnected(peer.Key));
        }
    }

    private static async Task SendAllAsync(LinkOutbox outbox, IGrpcWriter<LinkFrame> writer, CancellationToken cancellationToken)
    {
        while (true) await writer.WriteAsync(await outbox.TakeAsync(cancellationToken), cancellationToken);
    }

    private async Task ReceiveAllAsync(KeyId peer, IGrpcReader<LinkFrame> reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken) is { } frame)
        {
            if (frame.Messages.Count > LinkLimits.FrameMessages) throw new LinkRefusedException("too-many-messages");
            foreach (var message in frame.Messages) await queue.PostAsync(LinkInbox.Read(peer, message), cancellationToken);
        }
    }

    private ActiveLink? Find(KeyId peer)
    {
        lock (_lock) return _links.GetValueOrDefault(peer);
    }

    private bool Forget(ActiveLink link)
    {
        lock (_lock) return ReferenceEquals(_links.GetValueOrDefault(link.Peer.Key), link) && _links.Remove(link.Peer.Key);
    }

    private sealed class ActiveLink(PeerConfiguration peer, LinkOutbox outbox, CancellationTokenSource ending)
    {
        private readonly Lock _lock = new();
        private bool _isOver;

        public PeerConfiguration Peer => peer;

        public LinkOutbox Outbox { get; } = outbox;

        /// <summary>Ends the link, not on the caller's time: the loop may be the caller.</summary>
        public void Cancel()
        {
            lock (_lock)
                if (!_isOver)
                    _ = ending.CancelAsync();
        }

        /// <summary>From here on the cancellation source may be disposed.</summary>
        public void End()
        {
            lock (_lock) _isOver = true;
        }
    }
}
