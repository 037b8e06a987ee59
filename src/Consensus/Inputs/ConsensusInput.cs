using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>Something that happened. The state machine knows nothing else of the world.</summary>
/// <param name="Now">The local clock; used for nothing but C-FRESH and the heartbeat's delay.</param>
public abstract record ConsensusInput(UnixTime Now);
