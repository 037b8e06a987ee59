namespace LicenceChain.Consensus.Outputs;

/// <summary>Forget a timer.</summary>
/// <param name="Timer">Its name.</param>
public sealed record CancelTimer(ConsensusTimer Timer) : ConsensusOutput;
