using System.Diagnostics;
using System.Globalization;

namespace LicenceChain.Simulation.Network;

/// <summary>Many seeds, some at a time, with progress and a summary.</summary>
internal sealed class SimulationBatch(IReadOnlyList<SimulationSettings> all, int jobs, bool trace, TextWriter output)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<SimulationResult> _failures = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _processorAtStart = Environment.CpuUsage.TotalTime;
    private TimeSpan _saidAt;
    private int _done;
    private ulong _simulatedUs;
    private ulong _blocks;
    private long _acknowledged;
    private long _crashes;
    private long _votes;
    private int _adopted;
    private int _joined;
    private int _archived;
    private uint _highestRound;
    private ulong _longestRecoveryUs;

    /// <summary>Runs all; returns 0 when every promise was kept and 1 when one was not.</summary>
    public int Run()
    {
        if (all.Count == 1) RunOne(all[0]);
        else Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = jobs }, RunOne);
        output.WriteLine(Summary());
        foreach (var failure in _failures.OrderBy(f => f.Settings.Seed)) output.WriteLine($"failed: seed {failure.Settings.Seed}, n {failure.Settings.Nodes}: {FirstLine(failure.Failure!)}");
        return _failures.Count == 0 ? 0 : 1;
    }

    private void RunOne(SimulationSettings settings)
    {
        var result = SimulationRun.Execute(settings, trace ? output : null);
        lock (_lock) Take(result);
    }

    private void Take(SimulationResult result)
    {
        _done++;
        _simulatedUs += result.SimulatedUs;
        _blocks += result.Blocks;
        _acknowledged += result.Acknowledged;
        _crashes += result.Crashes;
        _votes += result.Votes;
        _adopted += result.Adopted;
        _joined += result.Joined;
        _archived += result.Archived;
        _highestRound = uint.Max(_highestRound, result.HighestRound);
        _longestRecoveryUs = ulong.Max(_longestRecoveryUs, result.RecoveryUs);
        if (result.Failure is not null) Tell(result);
        if (all.Count == 1) output.WriteLine($"seed {result.Settings.Seed}, n {result.Settings.Nodes}: trace {result.Trace}");
        if (_watch.Elapsed - _saidAt < ProgressEvery) return;
        _saidAt = _watch.Elapsed;
        output.WriteLine(Summary());
    }

    private void Tell(SimulationResult result)
    {
        _failures.Add(result);
        output.WriteLine($"""
            FAILED seed {result.Settings.Seed}, n {result.Settings.Nodes}, commit {Commit.Name}, trace {result.Trace}
              {result.Failure}
              replay: {result.Settings.Command}
            """);
    }

    private string Summary()
    {
        var simulated = TimeSpan.FromMicroseconds(_simulatedUs);
        var cores = Environment.CpuUsage.TotalTime - _processorAtStart; // of the processor, so that a busy machine changes nothing
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_done} of {all.Count} seeds, {_failures.Count} failed; simulated {simulated.TotalHours:F1} h in {_watch.Elapsed.TotalSeconds:F0} s ({simulated / cores:F0} × real time a core, {_done / _watch.Elapsed.TotalSeconds:F1} seeds/s); {_blocks} blocks, {_acknowledged} acknowledgements, {_votes} votes, {_crashes} crashes, {_adopted} adopted proposals, {_joined} joins by snapshot, {_archived} nodes without the first blocks, decided in rounds up to {_highestRound}, next block at most {_longestRecoveryUs / 1e6:F1} s after the faults");
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
