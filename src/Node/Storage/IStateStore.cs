using LicenceChain.Contracts;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The state's rows and the index of transactions, derived from the blocks: one transaction a block. It may lie behind the block store by a bounded
/// number of blocks and is brought up at start. <see cref="Commit"/> and the readers without "Shared" belong to the loop.
/// </summary>
internal interface IStateStore : IDisposable
{
    /// <summary>Where the rows on the disk stood when the store was opened; null for a new one.</summary>
    StateMark? OpenedAt { get; }

    /// <summary>A reader for any thread: sees everything committed.</summary>
    IStateReader Shared { get; }

    /// <summary>Height of the last block whose changes were taken, from before they are visible on. Safe from any thread.</summary>
    Height Committed { get; }

    /// <summary>A reader found a row that is not the one under the state root: the next <see cref="Commit"/> throws it too, which stops the node. Safe from any thread.</summary>
    void Condemn(StateDamagedException damage);

    /// <summary>Takes a block's changes. They are visible at once and durable later, in order; waits while too many are not yet written.</summary>
    void Commit(StateCommit commit);

    /// <summary>Looks in memory only: false when memory does not know; a null value means that the key is known to be absent.</summary>
    bool TryGetHot(StateKey key, out ReadOnlyMemory<byte>? value);

    /// <summary>Reads a row and remembers it.</summary>
    bool TryGet(StateKey key, out ReadOnlyMemory<byte> value);

    /// <summary>Where a transaction was committed. Safe from any thread.</summary>
    bool TryGetTransaction(TransactionId transaction, out Height height, out int index);

    /// <summary>Every transaction committed at <paramref name="from"/> or above, as the disk had it at open, in no order.</summary>
    IEnumerable<(TransactionId Transaction, Height Height)> TransactionsFrom(Height from);

    /// <summary>Builds the sparse tree over all rows.</summary>
    SparseMerkleTree LoadTree();

    /// <summary>Returns once everything committed so far is written.</summary>
    void Drain();
}
