using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Storage;

/// <summary>What one block changes.</summary>
/// <param name="Mark">Where the rows stand afterwards.</param>
/// <param name="Writes">Each key once.</param>
/// <param name="Transactions">In the block's order.</param>
internal sealed record StateCommit(StateMark Mark, IReadOnlyList<StateWrite> Writes, IReadOnlyList<TransactionId> Transactions)
{
    /// <summary>C-CHANGE: with a block that changed the validator set; null otherwise. Snapshots carry them, so that who joins can follow the sets from genesis.</summary>
    public SetChange? SetChange { get; init; }
}
