using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>
/// What a state database holds on the disk, standing in for SQLite: whole transactions, the last of which a power loss takes back (synchronous=NORMAL),
/// never one without all after it.
/// </summary>
internal sealed class SimulatedRows
{
    // Transactions that a power loss can take back: SQLite's own bound is its checkpoint, every 64 MB of log.
    private const int MaxUndone = 64;

    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _rows = [];
    private readonly Dictionary<TransactionId, (Height Height, int Index)> _places = [];
    private readonly Queue<Undo> _young = [];

    /// <summary>Where the rows stand; null when there are none.</summary>
    public StateMark? Mark { get; private set; }

    public IReadOnlyDictionary<StateKey, ReadOnlyMemory<byte>> Rows => _rows;

    public IReadOnlyDictionary<TransactionId, (Height Height, int Index)> Places => _places;

    public void Write(StateCommit commit)
    {
        if (_young.Count == MaxUndone) _young.Dequeue();
        _young.Enqueue(new Undo(Mark, [.. commit.Writes.Select(w => (w.Key, _rows.TryGetValue(w.Key, out var old) ? old : default(ReadOnlyMemory<byte>?)))], commit.Transactions));
        foreach (var write in commit.Writes) Set(write.Key, write.Value);
        for (var i = 0; i < commit.Transactions.Count; i++) _places[commit.Transactions[i]] = (commit.Mark.Height, i);
        Mark = commit.Mark;
    }

    public void LosePower(SeededRandom random)
    {
        var undone = random.Below(2) == 0 ? 0 : random.Below(_young.Count + 1);
        foreach (var one in _young.Reverse().Take(undone))
        {
            foreach (var (key, value) in one.Rows) Set(key, value);
            foreach (var transaction in one.Transactions) _places.Remove(transaction);
            Mark = one.Mark;
        }

        _young.Clear();
    }

    public void Clear()
    {
        _rows.Clear();
        _places.Clear();
        _young.Clear();
        Mark = null;
    }

    public void CopyFrom(SimulatedRows other)
    {
        Clear();
        foreach (var (key, value) in other._rows) _rows.Add(key, value);
        foreach (var (transaction, place) in other._places) _places.Add(transaction, place);
        Mark = other.Mark;
    }

    private void Set(StateKey key, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes) _rows[key] = bytes;
        else _rows.Remove(key);
    }

    private sealed record Undo(StateMark? Mark, (StateKey Key, ReadOnlyMemory<byte>? Value)[] Rows, IReadOnlyList<TransactionId> Transactions);
}
