using LicenceChain.Consensus;

namespace LicenceChain.Node.Loop;

/// <summary>Names a timer of the loop.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Consensus">The state machine's own name, when the kind is <see cref="TimerKind.Consensus"/>.</param>
internal readonly record struct TimerId(TimerKind Kind, ConsensusTimer Consensus = default);
