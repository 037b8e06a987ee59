using LicenceChain.Consensus;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Something that is going to happen.</summary>
/// <param name="Kind">What.</param>
/// <param name="Host">To which host.</param>
/// <param name="Life">In which of its lives; otherwise it does not happen. 0 for what outlives a crash.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Subject">A message, block or the like.</param>
/// <param name="Timer">For a timer.</param>
internal readonly record struct Occurrence(OccurrenceKind Kind, int Host, int Life = 0, int From = 0, object? Subject = null, ConsensusTimer Timer = default);
