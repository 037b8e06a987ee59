using System.CommandLine;
using System.Diagnostics;

namespace LicenceChain.Simulation.Model;

/// <summary><c>model</c>: the explicit-state check by hand.</summary>
internal static class ModelCommand
{
    private const int MaxRounds = 4;
    private const double ProgressSeconds = 5;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = $"Correct validators enter rounds 0 to one below this: 1 to {MaxRounds}.", DefaultValueFactory = _ => 3 };
        var restarts = new Option<int>("--restarts") { Description = "How often each correct validator may crash and restart over its log." };
        var seat = new Option<int?>("--byzantine") { Description = "Only this Byzantine seat, 0 to 3; all four by default. Seat r + 1 proposes in round r." };
        var flaw = new Option<Flaw>("--flaw") { Description = "A bug to plant, to see it found: DropsClaim or LosesLog." };
        var most = new Option<int>("--max-states") { Description = "Stop after this many states of an instance.", DefaultValueFactory = _ => int.MaxValue };
        var runs = new Option<int>("--wander") { Description = "Afterwards, this many random runs without reductions, which must stay inside what was explored." };
        var calm = new Option<int>("--calm") { Description = "Afterwards, from every state of this stride: do the correct three decide once the faults stop?" };
        var command = new Command("model", "Explores every interleaving of a small instance of the consensus state machine. Example: model --rounds 3 --byzantine 1") { rounds, restarts, seat, flaw, most, runs, calm };
        command.SetAction(parse =>
        {
            IEnumerable<int> seats = parse.GetValue(seat) is { } one ? [one] : Enumerable.Range(0, Instance.Seats);
            var limits = new Limits(parse.GetValue(restarts), parse.GetValue(flaw), parse.GetValue(most), parse.GetValue(runs), parse.GetValue(calm));
            return seats.All(byzantine => Verify(new Instance(int.Clamp(parse.GetValue(rounds), 1, MaxRounds), byzantine), limits)) ? 0 : 1;
        });
        return command;
    }

    private static bool Verify(Instance instance, Limits limits)
    {
        try
        {
            return Explore(instance, limits);
        }
        catch (ModelViolation violation)
        {
            Say(violation.Message);
            return false;
        }
    }

    private static bool Explore(Instance instance, Limits limits)
    {
        var watch = Stopwatch.StartNew();
        var shown = 0.0;
        var search = new Search(instance, limits.Restarts, limits.Flaw, limits.MaxStates, search =>
        {
            if (watch.Elapsed.TotalSeconds - shown < ProgressSeconds) return;
            shown = watch.Elapsed.TotalSeconds;
            Say($"  {search.States.Count:N0} states, {search.Waiting:N0} waiting, {search.Locals.Count:N0} local, {search.States.Count / shown:N0}/s, {GC.GetTotalMemory(false) >> 20:N0} MiB");
        });
        var found = search.Run();
        Say($"byzantine seat {instance.Byzantine}, rounds 0..{instance.Rounds - 1}, restarts {limits.Restarts}: {search.States.Count:N0} states{(search.IsExhausted ? ", exhausted" : ", not exhausted")}, "
            + $"{search.Steps:N0} steps, depth {search.Depth}, {search.Locals.Count:N0} local states, {search.Locals.Runs:N0} runs of the state machine, {watch.Elapsed.TotalSeconds:N1} s, {Environment.WorkingSet >> 20:N0} MiB");
        foreach (var (where, count) in search.Certified)
            Say($"  {count:N0} states with a certificate for {instance.DescribeBlock(where.Block)} in round {where.Round}; decided by {search.Locals.Decisions.GetValueOrDefault(where):N0} local moves");
        if (found is not null) Say(found.ToString());
        return found is null && Wander(search, limits) && Settle(search, limits.CalmStride);
    }

    private static bool Wander(Search search, Limits limits)
    {
        if (limits.Wanderings == 0) return true;
        var wanderer = new Wanderer(search, limits.Restarts);
        for (var seed = 1; seed <= limits.Wanderings; seed++)
        {
            if (seed % 10 == 0) wanderer.Run(seed);
            else wanderer.GoOn(seed);
        }

        Say($"  seeds 1..{limits.Wanderings:N0} without reductions: {wanderer.Steps:N0} steps stayed inside; they met {wanderer.Met:N0} of {wanderer.Found:N0} sets of sent votes");
        return true;
    }

    private static bool Settle(Search search, int stride)
    {
        if (stride == 0) return true;
        var calm = new Calm(search.Instance);
        var after = new SortedDictionary<int, long>();
        for (var i = 0; i < search.States.Count; i += stride)
        {
            if (calm.TimeoutsUntilDecision([search.NodeIn(i, 0), search.NodeIn(i, 1), search.NodeIn(i, 2)]) is not { } timeouts)
            {
                Say($"  state {i} is a trap: the correct three do not decide");
                return false;
            }

            after[timeouts] = after.GetValueOrDefault(timeouts) + 1;
        }

        Say($"  once the faults stop, every {stride:N0}th state decides: {string.Join(", ", after.Select(pair => $"{pair.Value:N0} after {pair.Key} timeouts"))}");
        return true;
    }

    private static void Say(string line) => Console.WriteLine(line);

    private sealed record Limits(int Restarts, Flaw Flaw, int MaxStates, int Wanderings, int CalmStride);
}
