using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using LicenceChain.Simulation.Network.Faults;

namespace LicenceChain.Simulation.Network;

/// <summary>Runs seeds of the network simulator by hand.</summary>
internal static class SimulateCommand
{
    private const string Help = """
        Whole LicenceChain nodes over a simulated clock, network and disk: every run is drawn from a seed and replays byte for byte.

        Examples:
          dotnet run -c Release --project tests/Simulation -- --seed 7 --trace > trace.txt
          dotnet run -c Release --project tests/Simulation -- --seeds 1..10000 --minutes 2 --jobs 2
          dotnet run -c Release --project tests/Simulation -- --seeds 1..500 --nodes 7 --faults crash,torn-write,partition
          dotnet run -c Release --project tests/Simulation -- --seeds 1..500 --faults add-seat,remove-seat,rotate-key,lost-log,forgive-log,parameters,upgrade
          dotnet run -c Release --project tests/Simulation -- --seeds 1..500 --faults lost-data,archive,crash-point,torn-write
        """;

    /// <summary>The root command.</summary>
    public static RootCommand Create()
    {
        var seed = new Option<int?>("--seed") { Description = "One seed." };
        var seeds = new Option<string?>("--seeds") { Description = "Seeds, as 1..1000: both included." };
        var nodes = new Option<int?>("--nodes") { Description = "Validators, 4 to 100. By default 4, 5, 6, 7, 10 and 13 in turn, by seed." };
        var minutes = new Option<double>("--minutes") { Description = "Simulated minutes with faults, for each seed; then it goes on until all is well again.", DefaultValueFactory = _ => 5 };
        var faults = new Option<string>("--faults") { Description = $"all, none, or some of {FaultNames.List}.", DefaultValueFactory = _ => "all" };
        var trace = new Option<bool>("--trace") { Description = "Write what happens, a line each, at most a million." };
        var jobs = new Option<int>("--jobs") { Description = "Seeds run at a time.", DefaultValueFactory = _ => 1 };
        var command = new RootCommand(Help) { seed, seeds, nodes, minutes, faults, trace, jobs };
        command.SetAction(parsed =>
        {
            if (!TryReadSeeds(parsed.GetValue(seed), parsed.GetValue(seeds), out var range)) return Refuse("--seed is a number and --seeds two with .. between, such as 1..1000.");
            if (!FaultNames.TryParse(parsed.GetValue(faults)!, out var kinds)) return Refuse($"--faults is all, none, or some of {FaultNames.List}.");
            if (parsed.GetValue(nodes) is < 4 or > 100) return Refuse("--nodes is 4 to 100.");
            var all = range.Select(one => new SimulationSettings(one, parsed.GetValue(nodes) ?? SimulationSettings.SizeOf(one), parsed.GetValue(minutes), kinds)).ToList();
            return new SimulationBatch(all, parsed.GetValue(jobs), parsed.GetValue(trace), Console.Out).Run();
        });
        return command;
    }

    private static bool TryReadSeeds(int? seed, string? seeds, out IReadOnlyList<int> range)
    {
        range = seed is { } one ? [one] : [];
        if (seeds is null) return seed is not null;
        var parts = seeds.Split("..");
        if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var first) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var last) || last < first || first < 0) return false;
        range = [.. Enumerable.Range(first, last - first + 1)];
        return true;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
