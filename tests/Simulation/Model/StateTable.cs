namespace LicenceChain.Simulation.Model;

/// <summary>Every global state found, in the order it was found, with the one it was found from: exact, nothing is hashed away. 21 bytes a state or so.</summary>
internal sealed class StateTable
{
    private const int FirstCapacity = 1 << 16;
    private ulong[] _states = new ulong[FirstCapacity];
    private int[] _parents = new int[FirstCapacity];
    private int[] _slots = new int[FirstCapacity * 2];

    public int Count { get; private set; }

    public ulong this[int index] => _states[index];

    public int ParentOf(int index) => _parents[index];

    /// <summary>True when it was not there.</summary>
    public bool Add(ulong state, int parent)
    {
        var slot = SlotOf(state);
        if (_slots[slot] != 0) return false;
        if (Count == _states.Length)
        {
            Grow();
            slot = SlotOf(state);
        }

        _states[Count] = state;
        _parents[Count] = parent;
        _slots[slot] = ++Count;
        return true;
    }

    private int SlotOf(ulong state)
    {
        var mask = _slots.Length - 1;
        var slot = (int)((state * 0x9E3779B97F4A7C15UL) >> 32) & mask;
        while (_slots[slot] is var taken && taken != 0 && _states[taken - 1] != state) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _states, checked(_states.Length * 2));
        Array.Resize(ref _parents, _states.Length);
        _slots = new int[_states.Length * 2];
        for (var i = 0; i < Count; i++) _slots[SlotOf(_states[i])] = i + 1;
    }
}
