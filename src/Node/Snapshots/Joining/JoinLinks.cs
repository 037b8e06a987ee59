using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>The links of a node that joins: it dials every peer itself, since it does not listen yet, and hands what comes to its session on one thread.</summary>
internal sealed class JoinLinks : IAsyncDisposable
{
    private readonly LoopQueue _queue = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SystemTimers _timers;
    private readonly List<LinkDialer> _dialers = [];
    private readonly LinkNetwork _network;
    private Task _links = Task.CompletedTask;

    public JoinLinks(IReadOnlyList<PeerConfiguration> peers, LinkCertificates own, NodeSigner signer, ChainId chain, Hash256 genesisHash, TimeProvider clock, ILogger logger)
    {
        _timers = new SystemTimers(clock, _queue.Post);
        _network = new LinkNetwork(new PeerDirectory(peers, signer, own), _queue, static () => { }, logger);
        var handshake = new LinkHandshake(signer, chain, genesisHash);
        foreach (var peer in peers)
            _dialers.Add(new LinkDialer(peer, own, handshake, _network, clock, logger) { Failed = () => _queue.Post(new NodeEvent.PeerUnreachable(peer.Key)) });
    }

    /// <summary>Sends to the peers.</summary>
    public IPeerNetwork Network => _network;

    /// <summary>Wakes the session.</summary>
    public ITimers Timers => _timers;

    /// <summary>Dials, and runs the session until it has an outcome. May be called again after <see cref="JoinSession.Discredit"/>.</summary>
    public async Task RunAsync(JoinSession session, CancellationToken cancellationToken)
    {
        if (_links.IsCompleted)
        {
            _links = Task.WhenAll(_dialers.Select(d => d.RunAsync(_stopping.Token)));
            _queue.Post(new NodeEvent.Started());
        }

        await using var registration = cancellationToken.Register(_queue.Close);
        await Task.Run(() => Handle(session), CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _queue.Close();
        await _links.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // cancelled: what ended a link was told when it did
        _timers.Dispose();
        _stopping.Dispose();
    }

    private void Handle(JoinSession session)
    {
        while (session.Outcome is null && _queue.Wait())
            while (session.Outcome is null && _queue.TryTake(out var next))
                session.Handle(next);
    }
}
