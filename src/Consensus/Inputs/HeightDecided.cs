using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>A block is stored and applied, after an own decision or after a sync of any number of blocks: the next height begins.</summary>
/// <param name="Now">The local clock.</param>
/// <param name="Head">Header of the last block applied; ignored unless higher than the head known.</param>
/// <param name="Next">C-CHANGE: the set that decides the height above.</param>
public sealed record HeightDecided(UnixTime Now, BlockHeader Head, ValidatorSet Next) : ConsensusInput(Now)
{
    /// <summary>The times that hold from the height above on, which governance may have changed; null: as before.</summary>
    public ConsensusOptions? Options { get; init; }
}
