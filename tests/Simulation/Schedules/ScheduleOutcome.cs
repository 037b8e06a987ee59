namespace LicenceChain.Simulation.Schedules;

/// <summary>What a run came to.</summary>
/// <param name="Schedule">As it was drawn.</param>
/// <param name="Failure">Null when every promise held.</param>
/// <param name="Promise">Which one did not.</param>
/// <param name="Hash">Over everything that happened, in order: equal hashes are equal runs.</param>
/// <param name="Facts">Counters.</param>
internal sealed record ScheduleOutcome(Schedule Schedule, string? Failure, string? Promise, ulong Hash, ScheduleFacts Facts);
