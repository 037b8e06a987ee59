using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>A copy of the rows at one moment.</summary>
internal sealed class SimulatedFrozenRows(StateMark mark, IReadOnlyDictionary<StateKey, ReadOnlyMemory<byte>> rows, IReadOnlyList<SetChange> sets) : IFrozenRows
{
    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _rows = new(rows);
    private readonly SetChange[] _sets = [.. sets];

    public StateMark Mark => mark;

    public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Rows() => _rows.OrderBy(row => row.Key).Select(row => ((ReadOnlyMemory<byte>)row.Key.ToArray(), row.Value));

    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => _rows.TryGetValue(key, out value);

    public IReadOnlyList<SetChange> SetChangesBelow(Height height) => [.. _sets.Where(change => change.Header.Height < height)];

    public void Dispose()
    {
    }
}
