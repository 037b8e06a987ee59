namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>A message from a liar to one validator.</summary>
/// <param name="From">The liar's seat.</param>
/// <param name="To">The seat it goes to.</param>
/// <param name="Message">Exact bytes.</param>
/// <param name="DelayMs">How long the liar keeps it back.</param>
internal readonly record struct Letter(int From, int To, ReadOnlyMemory<byte> Message, ulong DelayMs);
