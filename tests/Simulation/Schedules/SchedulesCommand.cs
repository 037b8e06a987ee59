using System.CommandLine;
using LicenceChain.Simulation.Schedules.Adversaries;

namespace LicenceChain.Simulation.Schedules;

/// <summary><c>schedules</c>: liars and twins against production state machines, by the million.</summary>
internal static class SchedulesCommand
{
    private const string Example = "dotnet run -c Release --project tests/Simulation -- schedules --seeds 0..99999";

    public static Command Create()
    {
        var seeds = new Option<SeedRange>("--seeds", "--seed")
        {
            Description = "One seed, or the first and the last of many.",
            HelpName = "A..B",
            DefaultValueFactory = _ => new SeedRange(0, 9_999),
            CustomParser = result =>
            {
                if (SeedRange.TryParse(result.Tokens[0].Value, out var range)) return range;
                result.AddError($"'{result.Tokens[0].Value}' is no seed and no range of seeds such as 0..9999.");
                return new SeedRange(0, 0);
            },
        };
        var nodes = new Option<int?>("--nodes") { Description = $"Validators in each schedule: {string.Join(", ", Schedule.Sizes)}; default: drawn from the seed.", HelpName = "N" };
        nodes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } n && !Schedule.Sizes.Contains(n)) result.AddError($"--nodes takes one of {string.Join(", ", Schedule.Sizes)}.");
        });
        var strategy = new Option<string?>("--strategy") { Description = "Every faulty validator follows this one, or several joined by '+'; default: drawn from the seed.", HelpName = "NAME" };
        strategy.Validators.Add(result =>
        {
            var named = result.GetValueOrDefault<string?>();
            if (named is not null && named != FaultySeat.Twins && named.Split('+').Except(StrategyCatalogue.Names).Any())
                result.AddError($"--strategy takes one of {string.Join(", ", StrategyCatalogue.Names)}, several of them joined by '+', or {FaultySeat.Twins}.");
        });
        var jobs = new Option<int>("--jobs") { Description = "Threads.", HelpName = "J", DefaultValueFactory = _ => Environment.ProcessorCount };
        var trace = new Option<bool>("--trace") { Description = "Print everything that happens; for one seed." };
        var command = new Command(
            "schedules",
            $"Up to f lying validators, or one key run twice, against correct ones: no fork, no correct validator accused, every culprit named, progress once the network is calm.\n\nExample:\n  {Example}\n"
            + $"\nStrategies:\n  {string.Join(", ", [.. StrategyCatalogue.Names, FaultySeat.Twins])}")
        { seeds, nodes, strategy, jobs, trace };
        command.SetAction(result =>
        {
            var range = result.GetRequiredValue(seeds);
            var campaign = new Campaign(range, result.GetValue(nodes), result.GetValue(strategy), Console.Out);
            return result.GetValue(trace) ? campaign.Trace() : campaign.Run(int.Clamp(result.GetRequiredValue(jobs), 1, Environment.ProcessorCount));
        });
        return command;
    }
}
