using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Consensus.Outputs;

/// <summary>
/// Check the transactions (signatures, replay, window) and the last commit certificate against the set below, execute, compare every root;
/// answer with <see cref="Inputs.BlockExecuted"/>. May come twice for one block.
/// </summary>
/// <param name="Block">The proposed block.</param>
public sealed record ExecuteBlock(Block Block) : ConsensusOutput;
