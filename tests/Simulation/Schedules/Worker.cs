using LicenceChain.Simulation.Schedules.Memory;
using LicenceChain.Simulation.Schedules.Mutations;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Runs schedules one after the other, with the benches it needs. Not thread-safe: one for each job.</summary>
internal sealed class Worker(int? nodes, string? strategy)
{
    private readonly Dictionary<int, Bench> _benches = [];

    /// <summary>Everything that all its runs did.</summary>
    public ScheduleFacts Facts { get; } = new();

    public int Runs { get; private set; }

    public long Verifications => _benches.Values.Sum(bench => bench.Verifications);

    public ScheduleOutcome Run(ulong seed, Mutation? mutation = null, List<string>? trace = null, int beyondBound = 0)
    {
        var schedule = Schedule.Draw(seed, nodes, strategy, beyondBound);
        if (!_benches.TryGetValue(schedule.Nodes, out var bench)) _benches.Add(schedule.Nodes, bench = new Bench(schedule.Nodes));
        var outcome = new ScheduleRun(schedule, bench, mutation, trace).Run();
        outcome.Facts.Sum = Fingerprint.Mix(seed, outcome.Hash);
        Facts.Add(outcome.Facts);
        Runs++;
        return outcome;
    }
}
