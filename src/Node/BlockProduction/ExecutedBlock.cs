using LicenceChain.Contracts;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.BlockProduction;

/// <summary>What executing a block on the head came to.</summary>
/// <param name="Outcome">Receipts, writes, the next validator set.</param>
/// <param name="Changes">The leaves that the writes change, in the same order.</param>
/// <param name="Tree">The state tree afterwards.</param>
/// <param name="ReceiptRoot">Root over the receipts.</param>
internal sealed record ExecutedBlock(BlockOutcome Outcome, IReadOnlyList<StateLeafChange> Changes, SparseMerkleTree Tree, Hash256 ReceiptRoot)
{
    /// <summary>The state root afterwards.</summary>
    public Hash256 StateRoot => Tree.Root;
}
