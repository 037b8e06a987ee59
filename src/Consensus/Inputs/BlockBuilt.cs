using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>The answer to <see cref="Outputs.BuildBlock"/>: an executed block of our own. Ignored when the round has passed.</summary>
/// <param name="Now">The local clock.</param>
/// <param name="Height">The height that was asked for.</param>
/// <param name="Round">The round that was asked for.</param>
/// <param name="Block">The block; its time is after the head's and its proposer is this node's key.</param>
public sealed record BlockBuilt(UnixTime Now, Height Height, Round Round, Block Block) : ConsensusInput(Now);
