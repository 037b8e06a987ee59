using LicenceChain.Contracts;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>The state store of one life of a node, over rows that are written some time after the blocks, at most <see cref="SqliteStateStore.MaxLag"/> behind.</summary>
internal sealed class SimulatedStateStore : IStateStore
{
    private readonly SimulatedMachine _machine;
    private readonly SimulatedRows _rows;
    private readonly Queue<StateCommit> _pending = new();
    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>?> _hot = [];
    private readonly Dictionary<TransactionId, (Height Height, int Index)> _places = [];

    public SimulatedStateStore(SimulatedMachine machine)
    {
        _machine = machine;
        _rows = machine.Rows;
        OpenedAt = _rows.Mark;
        Committed = OpenedAt?.Height ?? default;
        Shared = new SharedReader(this);
    }

    public StateMark? OpenedAt { get; }

    public IStateReader Shared { get; }

    public Height Committed { get; private set; }

    /// <summary>Told when a block's rows are written.</summary>
    public Action<Height> Written { get; set; } = _ => { };

    public void Commit(StateCommit commit)
    {
        Committed = commit.Mark.Height;
        foreach (var write in commit.Writes) _hot[write.Key] = write.Value;
        for (var i = 0; i < commit.Transactions.Count; i++) _places[commit.Transactions[i]] = (commit.Mark.Height, i);
        _pending.Enqueue(commit);
        if (_pending.Count > SqliteStateStore.MaxLag) // the loop waits for the writer
        {
            WriteOne();
            _machine.Spend(_machine.WriteRowsUs());
        }

        _machine.After(_machine.WriteRowsUs(), WriteOne);
    }

    public void Condemn(StateDamagedException damage) => throw damage; // no row of the simulation rots

    public bool TryGetHot(StateKey key, out ReadOnlyMemory<byte>? value) => _hot.TryGetValue(key, out value);

    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        if (!_hot.TryGetValue(key, out var hot)) return _rows.Rows.TryGetValue(key, out value);
        value = hot.GetValueOrDefault();
        return hot is not null;
    }

    public bool TryGetTransaction(TransactionId transaction, out Height height, out int index)
    {
        var found = _places.TryGetValue(transaction, out var place) || _rows.Places.TryGetValue(transaction, out place);
        (height, index) = place;
        return found;
    }

    public IEnumerable<(TransactionId Transaction, Height Height)> TransactionsFrom(Height from) =>
        [.. _rows.Places.Where(p => p.Value.Height >= from).Select(p => (p.Key, p.Value.Height))];

    public SparseMerkleTree LoadTree() =>
        SparseMerkleTree.Empty.Apply([.. _rows.Rows.Select(row => new StateLeafChange(row.Key.Hash, Sm3.Hash(row.Value.Span)))]);

    public void Drain()
    {
        while (_pending.Count > 0) WriteOne();
    }

    public void Dispose()
    {
    }

    private void WriteOne()
    {
        if (!_pending.TryDequeue(out var next)) return;
        _rows.Write(next);
        Written(next.Mark.Height);
    }

    private sealed class SharedReader(SimulatedStateStore store) : IStateReader
    {
        public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => store.TryGet(key, out value);
    }
}
