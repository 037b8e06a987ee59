using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>A committed state in memory.</summary>
internal sealed class MemoryState : IStateReader
{
    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _values = [];

    public MemoryState(IEnumerable<StateWrite> writes) => Apply(writes);

    public int Reads { get; private set; }

    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        Reads++;
        return _values.TryGetValue(key, out value);
    }

    public void Apply(IEnumerable<StateWrite> writes)
    {
        foreach (var write in writes) _values[write.Key] = write.Value!.Value;
    }

    /// <summary>Everything in it, in an order of the caller's choice.</summary>
    public IReadOnlyList<StateWrite> All() => [.. _values.Select(v => new StateWrite(v.Key, v.Value))];
}
