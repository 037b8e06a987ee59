using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Runs a range of seeds on some threads, tells how far it is, and prints each failure with how to see it again.</summary>
internal sealed class Campaign(SeedRange seeds, int? nodes, string? strategy, TextWriter output)
{
    private const int MaxFailuresShown = 20;
    private const ulong SeedsAtATime = 64;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<ScheduleOutcome> _failures = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _spoken;
    private ulong _next = seeds.First;
    private ulong _done;
    private bool _exhausted;

    /// <summary>0 when every promise held in every schedule, else 1.</summary>
    public int Run(int jobs)
    {
        output.WriteLine($"{seeds.Count} schedules, seeds {seeds.First} to {seeds.Last}, {jobs} {(jobs == 1 ? "thread" : "threads")}, commit {Commit}.");
        var workers = Enumerable.Range(0, jobs).Select(_ => new Worker(nodes, strategy)).ToList();
        var threads = workers.Select(worker => new Thread(() => Work(worker))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var facts = new ScheduleFacts();
        foreach (var worker in workers) facts.Add(worker.Facts);
        Summarise(facts, workers.Sum(worker => worker.Verifications));
        return _failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Each seed once, with everything that happens.</summary>
    public int Trace()
    {
        var worker = new Worker(nodes, strategy);
        var isRight = true;
        for (var seed = seeds.First; seed <= seeds.Last; seed++)
        {
            var lines = new List<string>();
            var outcome = worker.Run(seed, trace: lines);
            output.WriteLine(outcome.Schedule);
            foreach (var line in lines) output.WriteLine(line);
            output.WriteLine($"hash {outcome.Hash:x16}, commit {Commit}: {outcome.Failure ?? "every promise held"}");
            isRight &= outcome.Failure is null;
        }

        return isRight ? 0 : 1;
    }

    private static string Commit =>
        typeof(Campaign).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : "unknown";

    private void Work(Worker worker)
    {
        while (TryTake(out var from, out var to))
        {
            for (var seed = from; seed <= to; seed++)
            {
                var outcome = worker.Run(seed);
                if (outcome.Failure is not null) Fail(outcome);
            }

            Finish(to - from + 1);
        }
    }

    private bool TryTake(out ulong from, out ulong to)
    {
        lock (_lock)
        {
            (from, to) = (_next, ulong.Min(seeds.Last, _next + SeedsAtATime - 1));
            if (_exhausted) return false;
            _exhausted = to == seeds.Last;
            _next = to + 1;
            return true;
        }
    }

    private void Fail(ScheduleOutcome outcome)
    {
        lock (_lock)
        {
            _failures.Add(outcome);
            if (_failures.Count > MaxFailuresShown) return;
            output.WriteLine($"FAILED {outcome.Failure}");
            output.WriteLine($"  {outcome.Schedule}");
            output.WriteLine($"  commit {Commit}, hash {outcome.Hash:x16}; replay: {Replay(outcome)}");
            output.Flush();
        }
    }

    private string Replay(ScheduleOutcome outcome) =>
        $"dotnet run -c Release --project tests/Simulation -- schedules --seed {outcome.Schedule.Seed}{(nodes is { } n ? $" --nodes {n}" : "")}{(strategy is null ? "" : $" --strategy {strategy}")} --trace";

    private void Finish(ulong count)
    {
        lock (_lock)
        {
            _done += count;
            if (_clock.Elapsed - _spoken < ProgressEvery) return;
            _spoken = _clock.Elapsed;
            var rate = _done / _clock.Elapsed.TotalSeconds;
            var left = TimeSpan.FromSeconds((seeds.Count - _done) / rate);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_clock.Elapsed:hh\\:mm\\:ss}  {_done} of {seeds.Count} schedules, {rate:F0} a second, {left:hh\\:mm\\:ss} left, {_failures.Count} failed"));
            output.Flush();
        }
    }

    private void Summarise(ScheduleFacts facts, long verifications)
    {
        var seconds = _clock.Elapsed.TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_done} schedules in {_clock.Elapsed:hh\\:mm\\:ss} ({_done / seconds:F0} a second), {_failures.Count} failed, commit {Commit}, sum {facts.Sum:x16}."));
        output.WriteLine($"{facts.Deliveries} messages taken in, {facts.Lies} lies sent, {facts.Refused} refused, {facts.Evidence} times a culprit named, {facts.Crashes} crashes, {verifications} distinct messages verified.");
        output.WriteLine($"{facts.LateDecisions} decisions after round 0, the latest in round {facts.MaxRound}; in a calm network the last height stood after at most {facts.MaxCalmMs} ms and in round {facts.MaxCalmRounds} at most.");
        if (_failures.Count > 0) output.WriteLine($"Failed seeds: {string.Join(' ', _failures.Select(one => one.Schedule.Seed).Order().Take(MaxFailuresShown))}{(_failures.Count > MaxFailuresShown ? " …" : "")}");
    }
}
