using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.Standings;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node;

/// <summary>The read side of a node: what the loop published after its last commit. Safe from any thread; never waits for the loop.</summary>
public interface INodeQueries
{
    /// <summary>Where the node stands now.</summary>
    NodeStatus Status { get; }

    /// <summary>C-ALARM: what the node says of itself, signed, and what each peer said of itself last.</summary>
    NodeWhy Why { get; }

    /// <summary>What a client may trust to begin with: the chain, its genesis and the first validator set.</summary>
    TrustAnchor GenesisAnchor { get; }

    /// <summary>The value of a key at the head; false when the state does not hold it.</summary>
    bool TryGetState(StateKey key, out ReadOnlyMemory<byte> value);

    /// <summary>
    /// Proves values (or absences) of 1 to 64 distinct keys under the head's header. Waits for block 1 on a chain that has only its genesis, which
    /// nobody certified. Throws <see cref="ArgumentException"/> for another number of keys.
    /// </summary>
    ValueTask<LicenceProof> ProveAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken);

    /// <summary>A committed block; false above the head or below the lowest block held.</summary>
    bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block);

    /// <summary>Where a transaction was committed.</summary>
    bool TryGetTransaction(TransactionId transaction, out Height height, out int index);

    /// <summary>
    /// The blocks from a height on, in order, none left out. With <paramref name="follow"/> it goes on as blocks are committed, else it ends at the head.
    /// Throws <see cref="ArgumentOutOfRangeException"/> when <paramref name="from"/> lies below the lowest block held.
    /// </summary>
    IAsyncEnumerable<CommittedBlock> FollowAsync(Height from, bool follow, CancellationToken cancellationToken);
}
