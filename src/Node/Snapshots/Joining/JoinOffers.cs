using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>What the peers offer, each offer verified; grouped by content, since a chunk can come from whoever offers the same.</summary>
internal sealed class JoinOffers
{
    private readonly Dictionary<KeyId, (SnapshotManifest Manifest, ValidatorSet DecidedBy)> _offers = [];
    private readonly HashSet<Hash256> _refused = [];

    /// <summary>A peer offers a snapshot whose header is certified.</summary>
    public void Add(KeyId peer, SnapshotManifest manifest, ValidatorSet decidedBy)
    {
        if (_refused.Contains(manifest.ContentId)) _offers.Remove(peer);
        else _offers[peer] = (manifest, decidedBy);
    }

    /// <summary>A peer offers nothing, or is no longer asked.</summary>
    public void Remove(KeyId peer) => _offers.Remove(peer);

    /// <summary>The peers that offer this content, in a fixed order.</summary>
    public IReadOnlyList<KeyId> Sources(Hash256 content) => [.. _offers.Where(o => o.Value.Manifest.ContentId == content).Select(o => o.Key).OrderBy(k => k.Value)];

    /// <summary>The content turned out not to be what its header names: it is not taken again. Returns who offered it.</summary>
    public IReadOnlyList<KeyId> Refuse(Hash256 content)
    {
        var peers = Sources(content);
        _refused.Add(content);
        foreach (var peer in peers) _offers.Remove(peer);
        return peers;
    }

    /// <summary>The content that an interrupted join has begun with, if it is still offered; else the highest one, and of several the one that most peers offer.</summary>
    public (SnapshotManifest Manifest, ValidatorSet DecidedBy)? Best(Hash256 begun)
    {
        var groups = _offers.Values.GroupBy(o => o.Manifest.ContentId).ToList();
        return groups.Count == 0
            ? null
            : groups.OrderByDescending(g => g.Key == begun).ThenByDescending(g => g.First().Manifest.Height).ThenByDescending(g => g.Count()).ThenBy(g => g.Key).First().First();
    }
}
