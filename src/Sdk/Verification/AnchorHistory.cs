using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Sdk.Verification;

/// <summary>Which validator set decides which heights, as far as headers were followed: one anchor for each change of the set (C-CHANGE).</summary>
internal sealed class AnchorHistory(TrustAnchor first)
{
    private const int MaxChanges = 10_000; // a change a day for 27 years

    private readonly Lock _gate = new();
    private readonly List<TrustAnchor> _anchors = [first];

    /// <summary>The latest set known.</summary>
    public TrustAnchor Latest
    {
        get { lock (_gate) return _anchors[^1]; }
    }

    /// <summary>The anchor whose set decides <paramref name="height"/>; null below the first.</summary>
    public TrustAnchor? For(Height height)
    {
        lock (_gate)
        {
            for (var i = _anchors.Count - 1; i >= 0; i--) // the newest are asked for most
                if (_anchors[i].Height < height)
                    return _anchors[i];
        }

        return null;
    }

    /// <summary>Takes a header that was found certified: where it changes the set, <paramref name="next"/> must be the set it names.</summary>
    public bool TryFollow(BlockHeader header, ValidatorSet? next)
    {
        lock (_gate)
        {
            var current = _anchors[^1];
            if (header.Height <= current.Height || header.Fields.NextValidatorsHash == current.Validators.Hash) return true;
            if (next is null || next.Hash != header.Fields.NextValidatorsHash || _anchors.Count == MaxChanges) return false;
            _anchors.Add(current with { Height = header.Height, Validators = next });
            return true;
        }
    }
}
