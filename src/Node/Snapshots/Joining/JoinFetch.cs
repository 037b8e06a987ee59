using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>Fetches the chunks of one snapshot from all who offer it, each checked as it comes and kept on the disk.</summary>
internal sealed class JoinFetch
{
    private readonly SnapshotManifest _manifest;
    private readonly SnapshotFiles _files;
    private readonly IPeerNetwork _network;
    private readonly Queue<int> _missing = new();
    private readonly Dictionary<int, Asked> _asked = [];

    public JoinFetch(SnapshotManifest manifest, SnapshotFiles files, IPeerNetwork network)
    {
        _manifest = manifest;
        _files = files;
        _network = network;
        for (var i = 0; i < manifest.Chunks.Count; i++)
        {
            if (files.TryReadChunk(manifest, i, out var held)) Bytes += held.Length; // an interrupted join has it already
            else _missing.Enqueue(i);
        }
    }

    /// <summary>Bytes that are here.</summary>
    public long Bytes { get; private set; }

    /// <summary>True once every chunk is here.</summary>
    public bool IsDone => _missing.Count == 0 && _asked.Count == 0;

    /// <summary>Asks for what is missing, as much as each of <paramref name="sources"/> serves at a time.</summary>
    public void Ask(IReadOnlyList<KeyId> sources)
    {
        for (var asked = true; asked;)
        {
            asked = false;
            foreach (var peer in sources)
            {
                if (_missing.Count == 0 || _asked.Count >= SnapshotLimits.AskedAtOnce) return;
                if (_asked.Values.Count(a => a.Peer == peer) >= SnapshotLimits.AskedPerPeer) continue;
                var index = _missing.Dequeue();
                _asked.Add(index, new Asked(peer));
                _network.Send(peer, new LinkMessage { SnapshotChunkRequest = new SnapshotChunkRequest { Height = _manifest.Height.Value, Index = (uint)index } });
                asked = true;
            }
        }
    }

    /// <summary>A peer answered. False when what it sent is not what it offered. An answer that nobody asked for is dropped.</summary>
    public bool Take(KeyId peer, Height height, int index, ReadOnlyMemory<byte> content)
    {
        if (height != _manifest.Height || !_asked.TryGetValue(index, out var asked) || asked.Peer != peer) return true;
        _asked.Remove(index);
        if (!_manifest.Names(index, content.Span))
        {
            _missing.Enqueue(index);
            return false;
        }

        _files.WriteChunk(index, content.Span, flush: false);
        Bytes += content.Length;
        return true;
    }

    /// <summary>What a peer owes is asked of others.</summary>
    public void Forget(KeyId peer)
    {
        foreach (var (index, asked) in _asked.ToList())
        {
            if (asked.Peer != peer) continue;
            _asked.Remove(index);
            _missing.Enqueue(index);
        }
    }

    /// <summary>Time passes. Returns the peers that owe something for too long.</summary>
    public IReadOnlyList<KeyId> Tick()
    {
        foreach (var asked in _asked.Values) asked.Ticks++;
        return [.. _asked.Values.Where(a => a.Ticks > SnapshotLimits.PatienceTicks).Select(a => a.Peer).Distinct()];
    }

    private sealed class Asked(KeyId peer)
    {
        public KeyId Peer { get; } = peer;

        public int Ticks { get; set; }
    }
}
