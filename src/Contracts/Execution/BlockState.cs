using Google.Protobuf;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Execution;

/// <summary>
/// The state as the block's transactions so far have left it. Records are parsed once a block and shared: nobody writes to
/// one that was found here, changes are made on a clone.
/// </summary>
internal sealed class BlockState(IStateReader committed) : IStateReader
{
    // No transaction of the block: the value is the committed one.
    private const int Unwritten = -1;

    // Lookup only: order comes from sorting, never from this dictionary (style rule 10).
    private readonly Dictionary<StateKey, Cell> _cells = [];

    /// <summary>The record at <paramref name="key"/>, or null.</summary>
    public T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        if (_cells.TryGetValue(key, out var cell))
        {
            if (cell.Record is T known) return known;
        }
        else if (committed.TryGet(key, out var bytes))
        {
            cell = new Cell(bytes, null, Unwritten);
        }
        else
        {
            return null;
        }

        var record = Stored.Parse(parser, cell.Bytes);
        _cells[key] = cell with { Record = record };
        return record;
    }

    /// <summary>True when there is a value.</summary>
    public bool Exists(StateKey key) => _cells.ContainsKey(key) || committed.TryGet(key, out _);

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        if (!_cells.TryGetValue(key, out var cell)) return committed.TryGet(key, out value);
        value = cell.Bytes;
        return true;
    }

    /// <summary>True when a transaction of the block has written it.</summary>
    public bool IsWritten(StateKey key) => _cells.TryGetValue(key, out var cell) && cell.Writer != Unwritten;

    /// <summary>Takes over a value of a transaction that applied, by its index in the block.</summary>
    public void Write(StateKey key, ReadOnlyMemory<byte> bytes, IMessage record, int writer) => _cells[key] = new Cell(bytes, record, writer);

    /// <summary>Everything written, ascending by key, and beside it the last writer of each.</summary>
    public (StateWrite[] Writes, int[] Writers) SortedWrites()
    {
        var cells = new List<(StateWrite Write, int Writer)>(_cells.Count);
        foreach (var (key, cell) in _cells)
        {
            if (cell.Writer != Unwritten) cells.Add((new StateWrite(key, cell.Bytes), cell.Writer));
        }

        cells.Sort(static (left, right) => left.Write.Key.CompareTo(right.Write.Key));
        return ([.. cells.Select(cell => cell.Write)], [.. cells.Select(cell => cell.Writer)]);
    }

    // Writer: index of the transaction that wrote it last.
    private readonly record struct Cell(ReadOnlyMemory<byte> Bytes, IMessage? Record, int Writer);
}
