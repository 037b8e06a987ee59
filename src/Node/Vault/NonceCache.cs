using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Remembers which requests were made as long as they are fresh. Bounded: when it is full nothing is forgotten early, new requests are refused.
/// After a restart it is empty: what could be replayed then is younger than the window, goes to the same requester's key only, and is logged again.
/// </summary>
internal sealed class NonceCache
{
    private readonly Lock _gate = new();
    private readonly HashSet<Hash256> _seen = [];
    private readonly Queue<(Hash256 Request, UnixTime Until)> _order = new();

    /// <summary>True the first time; <paramref name="until"/> is when the request is no longer fresh in any case.</summary>
    public bool TryAdd(Hash256 request, UnixTime now, UnixTime until)
    {
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && oldest.Until < now) _seen.Remove(_order.Dequeue().Request);
            if (_seen.Count >= VaultLimits.MaxNonces || !_seen.Add(request)) return false;
            _order.Enqueue((request, until));
            return true;
        }
    }
}
