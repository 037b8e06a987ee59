using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>An armed timer ran out.</summary>
/// <param name="Now">The local clock.</param>
/// <param name="Timer">Its name, as it was armed.</param>
public sealed record TimerFired(UnixTime Now, ConsensusTimer Timer) : ConsensusInput(Now);
