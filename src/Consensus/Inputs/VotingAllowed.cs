using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>A governance record lets this key vote again after its log was lost: from the height above the current one on (C-RESTART).</summary>
/// <param name="Now">The local clock.</param>
public sealed record VotingAllowed(UnixTime Now) : ConsensusInput(Now);
