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
    private readonly List<SetChange> _sets = [];
    private readonly Queue<Undo> _young = [];

    /// <summary>Where the rows stand; null when there are none.</summary>
    public StateMark? Mark { get; private set; }

    public IReadOnlyDictionary<StateKey, ReadOnlyMemory<byte>> Rows => _rows;

    public IReadOnlyDictionary<TransactionId, (Height Height, int Index)> Places => _places;

    /// <summary>Changes of the validator set, ascending.</summary>
    public IReadOnlyList<SetChange> Sets => _sets;

    public void Write(StateCommit commit)
    {
        if (_young.Count == MaxUndone) _young.Dequeue();
        _young.Enqueue(new Undo(Mark, [.. commit.Writes.Select(w => (w.Key, _rows.TryGetValue(w.Key, out var old) ? old : default(ReadOnlyMemory<byte>?)))], commit.Transactions));
        foreach (var write in commit.Writes) Set(write.Key, write.Value);
        for (var i = 0; i < commit.Transactions.Count; i++) _places[commit.Transactions[i]] = (commit.Mark.Height, i);
        if (commit.SetChange is { } change) _sets.Add(change);
        Mark = commit.Mark;
    }

    /// <summary>The rows as they stand now.</summary>
    public IFrozenRows? Freeze() => Mark is { } mark ? new SimulatedFrozenRows(mark, _rows, _sets) : null;

    /// <summary>Rows that were built beside take the place of these.</summary>
    public void Become(StateMark mark, IEnumerable<StateWrite> rows, IEnumerable<(Height Height, IReadOnlyList<TransactionId> Transactions)> blocks, IEnumerable<SetChange> sets)
    {
        Clear();
        foreach (var row in rows) Set(row.Key, row.Value);
        foreach (var (height, transactions) in blocks)
            for (var i = 0; i < transactions.Count; i++)
                _places[transactions[i]] = (height, i);
        _sets.AddRange(sets);
        Mark = mark;
    }

    public void LosePower(SeededRandom random)
    {
        var undone = random.Below(2) == 0 ? 0 : random.Below(_young.Count + 1);
        foreach (var one in _young.Reverse().Take(undone))
        {
            foreach (var (key, value) in one.Rows) Set(key, value);
            foreach (var transaction in one.Transactions) _places.Remove(transaction);
            Mark = one.Mark;
            _sets.RemoveAll(change => Mark is null || change.Header.Height > Mark.Height);
        }

        _young.Clear();
    }

    public void Clear()
    {
        _rows.Clear();
        _places.Clear();
        _sets.Clear();
        _young.Clear();
        Mark = null;
    }

    public void CopyFrom(SimulatedRows other)
    {
        Clear();
        foreach (var (key, value) in other._rows) _rows.Add(key, value);
        foreach (var (transaction, place) in other._places) _places.Add(transaction, place);
        _sets.AddRange(other._sets);
        Mark = other.Mark;
    }

    private void Set(StateKey key, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes) _rows[key] = bytes;
        else _rows.Remove(key);
    }

    private sealed record Undo(StateMark? Mark, (StateKey Key, ReadOnlyMemory<byte>? Value)[] Rows, IReadOnlyList<TransactionId> Transactions);
}
