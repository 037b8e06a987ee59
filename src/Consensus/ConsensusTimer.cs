using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus;

/// <summary>Names one timer. Arming a name that is armed replaces it; one that fires late is ignored.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Height">The height it belongs to.</param>
/// <param name="Round">The round it belongs to; 0 unless the kind is <see cref="ConsensusTimerKind.Round"/>.</param>
public readonly record struct ConsensusTimer(ConsensusTimerKind Kind, Height Height, Round Round);
