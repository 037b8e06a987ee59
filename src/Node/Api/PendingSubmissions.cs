using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Api;

/// <summary>
/// Transactions that were taken through this API and whose block nobody waits for, until the last height that may hold them. It answers a client that
/// lost its connection; the mempool itself is the loop's alone.
/// </summary>
internal sealed class PendingSubmissions(INodeQueries queries)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TransactionId, Height> _until = [];

    /// <summary>Remembers one, unless <see cref="ApiLimits.MaxPending"/> others may still be committed.</summary>
    public void Add(TransactionId id, Height validUntil)
    {
        lock (_gate)
        {
            if (_until.Count >= ApiLimits.MaxPending) Forget();
            if (_until.Count < ApiLimits.MaxPending) _until[id] = validUntil;
        }
    }

    /// <summary>True until its last height has passed. Whether it was committed meanwhile is asked first.</summary>
    public bool Contains(TransactionId id)
    {
        lock (_gate) return _until.TryGetValue(id, out var until) && queries.Status.Height < until;
    }

    private void Forget()
    {
        var head = queries.Status.Height;
        foreach (var id in _until.Where(p => p.Value <= head || queries.TryGetTransaction(p.Key, out _, out _)).Select(p => p.Key).ToList()) _until.Remove(id);
    }
}
