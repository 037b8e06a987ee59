using System.Collections.Concurrent;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Storage;

/// <summary>Committed, not yet written: what readers see above the disk. Added by the loop, taken away by the writer after its transaction.</summary>
internal sealed class PendingRows
{
    private readonly ConcurrentDictionary<StateKey, Entry> _rows = new();
    private readonly ConcurrentDictionary<TransactionId, (Height Height, int Index)> _transactions = new();

    /// <summary>True when a change of the key is pending; null means that it goes.</summary>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte>? value)
    {
        var found = _rows.TryGetValue(key, out var entry);
        value = found ? entry!.Value : null;
        return found;
    }

    /// <summary>Where a transaction was committed, when its block is pending.</summary>
    public bool TryGet(TransactionId transaction, out (Height Height, int Index) place) => _transactions.TryGetValue(transaction, out place);

    /// <summary>Makes a block's changes visible.</summary>
    public void Add(StateCommit commit)
    {
        foreach (var write in commit.Writes) _rows[write.Key] = new Entry(write.Value, commit.Mark.Height);
        for (var i = 0; i < commit.Transactions.Count; i++) _transactions[commit.Transactions[i]] = (commit.Mark.Height, i);
    }

    /// <summary>Takes away what the disk now has, unless a later block has changed it again.</summary>
    public void Remove(StateCommit commit)
    {
        foreach (var write in commit.Writes)
            if (_rows.TryGetValue(write.Key, out var entry) && entry.Height == commit.Mark.Height)
                _rows.TryRemove(KeyValuePair.Create(write.Key, entry));
        foreach (var transaction in commit.Transactions) _transactions.TryRemove(transaction, out _);
    }

    private sealed class Entry(ReadOnlyMemory<byte>? value, Height height)
    {
        public ReadOnlyMemory<byte>? Value { get; } = value;

        public Height Height { get; } = height;
    }
}
