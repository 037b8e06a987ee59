using System.CommandLine;
using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults;

/// <summary><c>chaos</c>: faults at random, then the audit.</summary>
internal static class ChaosCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long, 0.1 to 600.", DefaultValueFactory = _ => 10 };
        var validators = FaultOptions.Validators();
        var seed = FaultOptions.Seed();
        var network = FaultOptions.Network();
        var chaos = new Command("chaos", "Faults at random: kills, pauses, partitions, one-way cuts, resets and slow links, under load; then every block of every validator is read.\nExample: dotnet run -c Release --project tests/EndToEnd -- chaos --minutes 10 --validators 7 --seed 1")
        {
            minutes, validators, seed, network,
        };
        chaos.SetAction(async (parsed, stop) =>
        {
            var drawn = parsed.GetValue(seed);
            await using var cluster = await Cluster.StartAsync(parsed.GetValue(validators), parsed.GetValue(network), drawn, Console.WriteLine, stop);
            await cluster.RestoreAsync(stop);
            var started = Stopwatch.GetTimestamp();
            var faults = await new Chaos(cluster, drawn).RunAsync(TimeSpan.FromMinutes(double.Clamp(parsed.GetValue(minutes), 0.1, 600)), stop);
            var silence = cluster.Log.LongestSilence(started);
            var audit = await cluster.AuditAsync(stop);
            Console.WriteLine($"{faults} faults; {cluster.Log.Count} transactions acknowledged; longest time without commits {silence.TotalSeconds:N1} s; {audit.Findings.Count} findings (seed {drawn})");
            Console.WriteLine(cluster.Links.Description);
            return audit.Findings.Count == 0 ? 0 : 1;
        });
        return chaos;
    }
}
