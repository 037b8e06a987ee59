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
        var command = new Command("model", "Explores every interleaving of a small instance of the consensus state machine. Example: model --rounds 3 --byzantine 1") { rounds, restarts, seat, flaw, most };
        command.SetAction(parse =>
        {
            IEnumerable<int> seats = parse.GetValue(seat) is { } one ? [one] : Enumerable.Range(0, Instance.Seats);
            return seats.All(byzantine => Explore(
                new Instance(int.Clamp(parse.GetValue(rounds), 1, MaxRounds), byzantine), parse.GetValue(restarts), parse.GetValue(flaw), parse.GetValue(most))) ? 0 : 1;
        });
        return command;
    }

    private static bool Explore(Instance instance, int restarts, Flaw flaw, int maxStates)
    {
        var watch = Stopwatch.StartNew();
        var shown = 0.0;
        var search = new Search(instance, restarts, flaw, maxStates, search =>
        {
            if (watch.Elapsed.TotalSeconds - shown < ProgressSeconds) return;
            shown = watch.Elapsed.TotalSeconds;
            Say($"  {search.States.Count:N0} states, {search.Waiting:N0} waiting, {search.Locals.Count:N0} local, {search.States.Count / shown:N0}/s, {GC.GetTotalMemory(false) >> 20:N0} MiB");
        });
        var found = search.Run();
        Say($"byzantine seat {instance.Byzantine}, rounds 0..{instance.Rounds - 1}, restarts {restarts}: {search.States.Count:N0} states{(search.IsExhausted ? ", exhausted" : ", not exhausted")}, "
            + $"{search.Steps:N0} steps, depth {search.Depth}, {search.Locals.Count:N0} local states, {search.Locals.Runs:N0} runs of the state machine, {watch.Elapsed.TotalSeconds:N1} s, {Environment.WorkingSet >> 20:N0} MiB");
        foreach (var (where, count) in search.Certified)
            Say($"  {count:N0} states with a certificate for {instance.DescribeBlock(where.Block)} in round {where.Round}; decided by {search.Locals.Decisions.GetValueOrDefault(where):N0} local moves");
        if (found is not null) Say(found.ToString());
        return found is null;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
