using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>
/// A valid transaction is held and was gossiped (C-TIMER). Fed when the mempool becomes non-empty and again after each
/// <see cref="HeightDecided"/> while it is not empty.
/// </summary>
/// <param name="Now">The local clock.</param>
public sealed record WorkAvailable(UnixTime Now) : ConsensusInput(Now);
