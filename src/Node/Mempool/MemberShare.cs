using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Node.Mempool;

/// <summary>One member's transactions, oldest first. Those that left are dropped as they come to the front.</summary>
internal sealed class MemberShare(OrganisationCode member)
{
    private Queue<PendingTransaction>.Enumerator _cursor;
    private PendingTransaction? _current;

    /// <summary>Whose.</summary>
    public OrganisationCode Member { get; } = member;

    /// <summary>In order of arrival; may hold some that are gone.</summary>
    public Queue<PendingTransaction> Queue { get; } = new();

    /// <summary>Transactions that are not gone.</summary>
    public int Count { get; set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Starts a selection.</summary>
    public void Rewind()
    {
        DropGone();
        _cursor = Queue.GetEnumerator();
        Step();
    }

    /// <summary>The next of the selection; null at the end.</summary>
    public PendingTransaction? Peek() => _current;

    /// <summary>Goes on.</summary>
    public void Step()
    {
        while (_cursor.MoveNext())
        {
            if (_cursor.Current.IsGone) continue;
            _current = _cursor.Current;
            return;
        }

        _current = null;
    }

    /// <summary>Drops those at the front that are gone.</summary>
    public void DropGone()
    {
        while (Queue.TryPeek(out var first) && first.IsGone) Queue.Dequeue();
    }
}
