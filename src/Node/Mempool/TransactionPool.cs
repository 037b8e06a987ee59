using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Mempool;

/// <summary>
/// Valid transactions that wait for a block, in fair shares by member: a bound for each member, and blocks take from the members in turn, oldest first.
/// </summary>
internal sealed class TransactionPool
{
    private readonly Dictionary<TransactionId, PendingTransaction> _byId = [];
    private readonly Dictionary<OrganisationCode, MemberShare> _shares = [];
    private readonly List<MemberShare> _turns = [];
    private readonly Dictionary<ulong, HashSet<TransactionId>> _byExpiry = [];
    private readonly List<PendingTransaction> _selected = [];
    private int _nextTurn;

    /// <summary>Transactions held.</summary>
    public int Count => _byId.Count;

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether it holds a transaction.</summary>
    public bool Contains(TransactionId id) => _byId.ContainsKey(id);

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<PendingTransaction> All => _byId.Values;

    /// <summary>Whether another transaction of a member fits: within its share, and within the whole.</summary>
    public bool HasRoom(OrganisationCode member, int bytes)
    {
        if (Count >= MempoolLimits.MaxTransactions || Bytes + bytes > MempoolLimits.MaxBytes) return false;
        return !_shares.TryGetValue(member, out var share)
            || (share.Count < MempoolLimits.MaxMemberTransactions && share.Bytes + bytes <= MempoolLimits.MaxMemberBytes);
    }

    /// <summary>Takes a transaction; false when it is held already or there is no room.</summary>
    public bool TryAdd(PendingTransaction pending)
    {
        var size = pending.Transaction.Bytes.Length;
        if (!HasRoom(pending.Member, size) || !_byId.TryAdd(pending.Transaction.Id, pending)) return false;
        if (!_shares.TryGetValue(pending.Member, out var share))
        {
            share = new MemberShare(pending.Member);
            _shares.Add(pending.Member, share);
            _turns.Add(share);
        }

        share.Queue.Enqueue(pending);
        share.Count++;
        share.Bytes += size;
        Bytes += size;
        var expiry = pending.Transaction.ValidUntil.Value;
        if (!_byExpiry.TryGetValue(expiry, out var same)) _byExpiry.Add(expiry, same = []);
        same.Add(pending.Transaction.Id);
        return true;
    }

    /// <summary>
    /// The transactions for a block, taken from the members in turn: at most <paramref name="maxCount"/> with at most <paramref name="maxBytes"/>. They stay held
    /// until they are removed. The list is valid until the next call.
    /// </summary>
    public IReadOnlyList<PendingTransaction> Select(int maxCount, int maxBytes)
    {
        _selected.Clear();
        foreach (var share in _turns) share.Rewind();
        var idle = 0;
        for (var turn = _nextTurn; idle < _turns.Count && _selected.Count < maxCount; turn++)
        {
            var share = _turns[turn % _turns.Count];
            if (share.Peek() is not { } next || next.Transaction.Bytes.Length > maxBytes)
            {
                idle++; // nothing of this member fits any more
                continue;
            }

            idle = 0;
            share.Step();
            maxBytes -= next.Transaction.Bytes.Length;
            _selected.Add(next);
        }

        if (_turns.Count > 0) _nextTurn = (_nextTurn + 1) % _turns.Count; // another member begins the next block
        return _selected;
    }

    /// <summary>Takes one out; false when it is not held.</summary>
    public bool Remove(TransactionId id, [NotNullWhen(true)] out PendingTransaction? pending)
    {
        if (!_byId.Remove(id, out pending)) return false;
        pending.IsGone = true;
        var expiry = pending.Transaction.ValidUntil.Value;
        if (_byExpiry.TryGetValue(expiry, out var same) && same.Remove(id) && same.Count == 0) _byExpiry.Remove(expiry);
        var share = _shares[pending.Member];
        share.Count--;
        share.Bytes -= pending.Transaction.Bytes.Length;
        Bytes -= pending.Transaction.Bytes.Length;
        if (share.Count == 0)
        {
            _shares.Remove(pending.Member);
            _turns.Remove(share);
        }
        else
        {
            share.DropGone();
        }

        return true;
    }

    /// <summary>Takes out everything whose last height is <paramref name="head"/>: no later block may hold it. Called for each height.</summary>
    public IReadOnlyList<PendingTransaction> Expire(Height head)
    {
        if (!_byExpiry.Remove(head.Value, out var ids)) return [];
        var expired = new List<PendingTransaction>(ids.Count);
        foreach (var id in ids)
            if (Remove(id, out var pending))
                expired.Add(pending);
        return expired;
    }
}
