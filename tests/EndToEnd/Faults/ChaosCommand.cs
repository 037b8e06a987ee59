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
        var network = FaultOptions.Network();
        var seed = FaultOptions.Seed();
        var chaos = new Command("chaos", "Faults at random: kills, pauses, partitions, one-way cuts, resets and slow links, on hosts also loss, disorder, narrow lines and pulled cables, under load; then every block of every validator is read.\nExample: dotnet run -c Release --project tests/EndToEnd -- chaos --minutes 10 --validators 7 --network hosts --seed 1")
        {
            minutes, validators, network, seed,
        };
        chaos.SetAction((parsed, stop) => FaultOptions.WithClusterAsync(
            parsed.GetValue(validators),
            parsed.GetValue(network),
            parsed.GetValue(seed),
            cluster => RunAsync(cluster, parsed.GetValue(seed), TimeSpan.FromMinutes(double.Clamp(parsed.GetValue(minutes), 0.1, 600)), stop),
            stop));
        return chaos;
    }

    private static async Task<int> RunAsync(Cluster cluster, int seed, TimeSpan time, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var faults = await new Chaos(cluster, seed).RunAsync(time, stop);
        var silence = cluster.Log.LongestSilence(started);
        var audit = await cluster.AuditAsync(stop);
        Console.WriteLine($"{faults} faults; {cluster.Log.Count} transactions acknowledged; longest time without commits {silence.TotalSeconds:N1} s; {audit.Findings.Count} findings (seed {seed})");
        Console.WriteLine(cluster.Links.Description);
        return audit.Findings.Count == 0 ? 0 : 1;
    }
}
