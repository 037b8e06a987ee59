using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Network;

/// <summary>The links that are up, one for each configured peer. A newer link replaces an older one that has not yet noticed its end.</summary>
internal sealed class LinkNetwork(IReadOnlyList<PeerConfiguration> peers, LoopQueue queue, ILogger logger) : IPeerNetwork
{
    private readonly Lock _lock = new();
    private readonly Dictionary<KeyId, ActiveLink?> _links = peers.ToDictionary(p => p.Key, _ => (ActiveLink?)null);

    /// <inheritdoc/>
    public void Send(KeyId peer, LinkMessage message) => Find(peer)?.Outbox.Add(message);

    /// <inheritdoc/>
    public void Broadcast(LinkMessage message)
    {
        lock (_lock)
            foreach (var link in _links.Values)
                link?.Outbox.Add(message);
    }

    /// <inheritdoc/>
    public void Disconnect(KeyId peer, string reason)
    {
        Log.PeerClosed(logger, peer, reason);
        Find(peer)?.Cancel();
    }

    /// <summary>Carries a link whose peer has proven itself, until either side ends it. Returns or throws what ended it.</summary>
    public async Task RunAsync(KeyId peer, IGrpcReader<LinkFrame> reader, IGrpcWriter<LinkFrame> writer, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var link = new ActiveLink(new LinkOutbox(), ending);
        ActiveLink? before;
        lock (_lock) (before, _links[peer]) = (_links[peer], link);
        before?.Cancel();
        try
        {
            await queue.PostAsync(new NodeEvent.PeerConnected(peer), ending.Token);
            var sending = SendAllAsync(link.Outbox, writer, ending.Token);
            var receiving = ReceiveAllAsync(peer, reader, ending.Token);
            var first = await Task.WhenAny(sending, receiving);
            link.Cancel();
            await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first failure is the one that counts
            await first;
        }
        finally
        {
            link.End();
            if (Forget(peer, link)) queue.Post(new NodeEvent.PeerDisconnected(peer));
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

    private bool Forget(KeyId peer, ActiveLink link)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_links[peer], link)) return false;
            _links[peer] = null;
            return true;
        }
    }

    private sealed class ActiveLink(LinkOutbox outbox, CancellationTokenSource ending)
    {
        private readonly Lock _lock = new();
        private bool _isOver;

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
