using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>
/// A node that has no chain yet and looks for a snapshot. Takes events one at a time, like <see cref="NodeLoop"/>, and ends with an <see cref="Outcome"/>: all chunks
/// are here, nothing usable is offered, or replaying is as good. A peer whose manifest or chunk does not hold is left; another is asked.
/// </summary>
internal sealed class JoinSession
{
    private readonly SnapshotTrust _trust;
    private readonly JoinPolicy _policy;
    private readonly IPeerNetwork _network;
    private readonly ITimers _timers;
    private readonly JoinFolder _folder;
    private readonly IProgress<JoinProgress> _progress;
    private readonly ILogger _logger;
    private readonly JoinOffers _offers = new();
    private readonly HashSet<KeyId> _connected = [];
    private readonly HashSet<KeyId> _refused = [];
    private readonly HashSet<(KeyId Peer, Hash256 Content)> _dry = [];
    private readonly HashSet<KeyId> _pending;
    private (SnapshotManifest Manifest, ValidatorSet DecidedBy)? _chosen;
    private JoinFetch? _fetch;
    private int _ticks;

    public JoinSession(SnapshotTrust trust, JoinPolicy policy, IEnumerable<KeyId> peers, IPeerNetwork network, ITimers timers, JoinFolder folder, IProgress<JoinProgress> progress, ILogger logger)
    {
        _trust = trust;
        _policy = policy;
        _pending = [.. peers];
        _network = network;
        _timers = timers;
        _folder = folder;
        _progress = progress;
        _logger = logger;
    }

    /// <summary>How it ended; null while it goes on.</summary>
    public JoinOutcome? Outcome { get; private set; }

    /// <summary>Takes one event.</summary>
    public void Handle(NodeEvent occurrence)
    {
        if (Outcome is not null && occurrence is not NodeEvent.PeerConnected and not NodeEvent.PeerDisconnected) return;
        switch (occurrence)
        {
            case NodeEvent.Started:
                _timers.Arm(new TimerId(TimerKind.SnapshotTick), SnapshotLimits.TickMs);
                Report("");
                DecideWhenAllAnswered();
                break;
            case NodeEvent.TimerFired { Timer.Kind: TimerKind.SnapshotTick } e:
                _timers.Arm(e.Timer, SnapshotLimits.TickMs);
                OnTick();
                break;
            case NodeEvent.PeerConnected e when !_refused.Contains(e.Peer):
                _connected.Add(e.Peer);
                Query(e.Peer);
                break;
            case NodeEvent.PeerDisconnected e: OnLeft(e.Peer); break;
            case NodeEvent.PeerUnreachable e: Answered(e.Peer); break;
            case NodeEvent.SnapshotOffered e: OnOffered(e.Peer, e.Manifest); break;
            case NodeEvent.SnapshotChunkReceived e: OnChunk(e); break;
            default: break; // what running nodes tell each other
        }
    }

    /// <summary>The chunks came as they were named, but are not the state of their header: whoever offered them lied, and the next best is taken.</summary>
    public void Discredit(string reason)
    {
        foreach (var peer in _offers.Refuse(_chosen!.Value.Manifest.ContentId)) Refuse(peer, reason);
        _folder.Discard();
        Outcome = null;
        LookAgain();
    }

    private void OnOffered(KeyId peer, ReadOnlyMemory<byte> bytes)
    {
        if (!_connected.Contains(peer)) return;
        if (bytes.IsEmpty)
        {
            _offers.Remove(peer);
        }
        else if (!SnapshotManifest.TryParse(bytes, out var manifest))
        {
            Refuse(peer, "its manifest is malformed");
        }
        else
        {
            var (decidedBy, refusal) = _trust.Check(manifest);
            if (decidedBy is null) Refuse(peer, refusal);
            else if (!_dry.Contains((peer, manifest.ContentId))) _offers.Add(peer, manifest, decidedBy.Validators);
        }

        Answered(peer);
        _fetch?.Ask(Sources());
    }

    private void OnChunk(NodeEvent.SnapshotChunkReceived e)
    {
        if (_fetch is null || !_connected.Contains(e.Peer)) return;
        if (e.Content.IsEmpty)
        {
            _dry.Add((e.Peer, _chosen!.Value.Manifest.ContentId)); // a newer one has taken its place, or its disk is damaged
            Leave(e.Peer);
            Query(e.Peer);
        }
        else if (!_fetch.Take(e.Peer, e.Height, e.Index, e.Content))
        {
            Refuse(e.Peer, $"chunk {e.Index} is not what it offered");
        }

        Continue();
    }

    private void OnTick()
    {
        _ticks++;
        if (_fetch is null)
        {
            if (_ticks % SnapshotLimits.AskAgainTicks == 0)
                foreach (var peer in _connected)
                    Query(peer);
            if (_ticks >= SnapshotLimits.GatherTicks) Decide();
            return;
        }

        foreach (var peer in _fetch.Tick()) Leave(peer);
        Continue();
    }

    private void OnLeft(KeyId peer)
    {
        _connected.Remove(peer);
        Leave(peer);
        if (_fetch is not null && Outcome is null) Continue();
    }

    private void Continue()
    {
        if (_fetch is null) return;
        var sources = Sources();
        _fetch.Ask(sources);
        Report("");
        if (_fetch.IsDone) Outcome = JoinOutcome.Fetched(_chosen!.Value.Manifest, _chosen.Value.DecidedBy);
        else if (sources.Count == 0) LookAgain();
    }

    // Chunks that were fetched stay on the disk: if the same content is offered again they are used.
    private void LookAgain()
    {
        _fetch = null;
        _chosen = null;
        _ticks = 0;
        foreach (var peer in _connected) Query(peer);
        Report("");
    }

    private void Answered(KeyId peer)
    {
        if (_pending.Remove(peer)) DecideWhenAllAnswered();
    }

    private void DecideWhenAllAnswered()
    {
        if (_pending.Count == 0 && _fetch is null) Decide();
    }

    private void Decide()
    {
        var begun = _folder.Fetched.TryReadManifest(out var before) ? before.ContentId : default;
        if (_offers.Best(begun) is { } best && best.Manifest.Height >= _policy.AtLeast)
        {
            _chosen = best;
            _folder.Begin(best.Manifest);
            _fetch = new JoinFetch(best.Manifest, _folder.Fetched, _network);
            Log.JoinBegins(_logger, best.Manifest.Height.Value, best.Manifest.TotalBytes, best.Manifest.Chunks.Count, Sources().Count);
            Continue();
        }
        else if (_policy.MayReplay)
        {
            Outcome = JoinOutcome.Replay;
        }
        else if (_ticks >= SnapshotLimits.GiveUpTicks)
        {
            Outcome = JoinOutcome.Nothing;
        }
    }

    private IReadOnlyList<KeyId> Sources() => _chosen is { } chosen ? _offers.Sources(chosen.Manifest.ContentId) : [];

    private void Query(KeyId peer) => _network.Send(peer, new LinkMessage { SnapshotQuery = new SnapshotQuery() });

    // What it owes is asked of others.
    private void Leave(KeyId peer)
    {
        _offers.Remove(peer);
        _fetch?.Forget(peer);
    }

    private void Refuse(KeyId peer, string reason)
    {
        _refused.Add(peer);
        _connected.Remove(peer);
        Leave(peer);
        Log.SnapshotRefused(_logger, peer, reason);
        _network.Disconnect(peer, "It offered a snapshot that does not hold: " + reason + ".");
        Report($"{peer}: {reason}");
    }

    private void Report(string note) =>
        _progress.Report(new JoinProgress(_fetch is null ? JoinPhase.Looking : JoinPhase.Fetching, _chosen?.Manifest.Height ?? default, _fetch?.Bytes ?? 0, _chosen?.Manifest.TotalBytes ?? 0, note));
}
