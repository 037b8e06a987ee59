using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Outputs;

/// <summary>Build and execute a block above the head, empty if there is no transaction; answer with <see cref="Inputs.BlockBuilt"/>.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Round">The round it is for.</param>
public sealed record BuildBlock(Height Height, Round Round) : ConsensusOutput;
