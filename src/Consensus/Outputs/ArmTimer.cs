namespace LicenceChain.Consensus.Outputs;

/// <summary>Feed <see cref="Inputs.TimerFired"/> after a delay.</summary>
/// <param name="Timer">Its name; replaces a timer of that name.</param>
/// <param name="DelayMs">In milliseconds; 0 is at once.</param>
public sealed record ArmTimer(ConsensusTimer Timer, ulong DelayMs) : ConsensusOutput;
