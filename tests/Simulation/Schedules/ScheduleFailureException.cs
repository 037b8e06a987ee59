namespace LicenceChain.Simulation.Schedules;

/// <summary>A run broke a promise of the chain.</summary>
internal sealed class ScheduleFailureException(string promise, string what) : Exception($"{promise}: {what}")
{
    public string Promise { get; } = promise;
}
