using LicenceChain.Contracts;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>A state store with one wrong record: on the disk (<see cref="OnDisk"/>), or in memory, where a defect of the program would have put it.</summary>
internal sealed class FaultyStateStore(IStateStore inner) : IStateStore
{
    /// <summary>The wrong record; null while all is well.</summary>
    public (StateKey Key, byte[] Value)? Wrong { get; set; }

    public bool OnDisk { get; set; }

    public StateMark? OpenedAt => inner.OpenedAt;

    public IStateReader Shared => inner.Shared;

    public Height Committed => inner.Committed;

    public void Condemn(StateDamagedException damage) => inner.Condemn(damage);

    public void Commit(StateCommit commit) => inner.Commit(commit);

    public bool TryGetHot(StateKey key, out ReadOnlyMemory<byte>? value)
    {
        value = null;
        if (Wrong is not { } wrong || wrong.Key != key) return inner.TryGetHot(key, out value);
        if (!OnDisk) value = wrong.Value;
        return !OnDisk;
    }

    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        if (Wrong is not { } wrong || wrong.Key != key) return inner.TryGet(key, out value);
        value = wrong.Value;
        return true;
    }

    public bool TryGetTransaction(TransactionId transaction, out Height height, out int index) => inner.TryGetTransaction(transaction, out height, out index);

    public IEnumerable<(TransactionId Transaction, Height Height)> TransactionsFrom(Height from) => inner.TransactionsFrom(from);

    public SparseMerkleTree LoadTree() => inner.LoadTree();

    public void Drain() => inner.Drain();

    public void Dispose() => inner.Dispose();
}
