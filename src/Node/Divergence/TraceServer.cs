using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Divergence;

/// <summary>C-ALARM: keeps what the last blocks came to here and tells peers that ask; a peer gets a bounded number of pages a height.</summary>
internal sealed class TraceServer(OutcomeCache outcomes, DivergenceFinder finder, IPeerNetwork network)
{
    private readonly Queue<BlockTrace> _kept = new();
    private readonly Dictionary<KeyId, int> _served = []; // one entry a peer that asked at this height
    private Height _head;

    /// <summary>A block was applied.</summary>
    public void Keep(BlockHeader header, ExecutedBlock executed)
    {
        _kept.Enqueue(new BlockTrace(header.Height, header.Digest, executed));
        if (_kept.Count > TraceLimits.BlocksKept) _kept.Dequeue();
        _served.Clear();
        _head = header.Height;
    }

    /// <summary>A peer asks.</summary>
    public void OnRequested(KeyId peer, Height height, Hash256 digest, int from)
    {
        var served = _served.GetValueOrDefault(peer);
        if (served >= TraceLimits.PagesServedPerHeight) return;
        _served[peer] = served + 1;
        var page = Find(height, digest) is { } trace && from <= trace.Count ? TracePage.Of(trace, from) : TracePage.NotHeld(height, digest, 0);
        network.Send(peer, new LinkMessage { TraceReply = page.ToMessage() });
    }

    // A committed block, or one that is proposed and was executed, whatever was thought of it.
    private BlockTrace? Find(Height height, Hash256 digest)
    {
        if (finder.Own is { } own && own.Digest == digest) return own;
        foreach (var kept in _kept)
            if (kept.Digest == digest)
                return kept;
        return height > _head && outcomes.TryGet(digest, out var executed) ? new BlockTrace(height, digest, executed) : null;
    }
}
