using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>The first input: resume the round and send again what the log holds (C-RESTART).</summary>
/// <param name="Now">The local clock.</param>
public sealed record Started(UnixTime Now) : ConsensusInput(Now);
