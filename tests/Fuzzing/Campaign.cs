using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;

namespace LicenceChain.Fuzzing;

/// <summary>A run by hand: a table of what each target took, and every failure with how to see it again.</summary>
internal static class Campaign
{
    public static async Task<int> RunAsync(CampaignOptions options, Action<string> say)
    {
        say("Starting a network of four for samples and APIs.");
        await using var chain = await SampleChain.StartAsync();
        using var apis = new Targets.ApiTargets(chain);
        var targets = Catalogue.All(chain, apis).Where(target => target.Name.StartsWith(options.Target, StringComparison.Ordinal)).ToList();
        if (targets.Count == 0)
        {
            say($"No target begins with '{options.Target}'.");
            return 2;
        }

        using var watchdog = new Watchdog(say);
        if (options.Input is { } hex) return Feed(targets[0], Convert.FromHexString(hex), say);
        var (failures, executions) = (0, 0L);
        foreach (var target in targets)
        {
            var fuzzer = new Fuzzer(target, options.Seed);
            var found = fuzzer.Run(options.Count, options.Time / targets.Count, watchdog);
            executions += fuzzer.Executions;
            say($"{target.Name,-34} {fuzzer.Executions,10:N0} inputs  {fuzzer.Accepted,9:N0} accepted  slowest {fuzzer.Slowest.TotalMilliseconds,7:N0} ms");
            if (found is null) continue;
            failures++;
            say(found.ToString());
        }

        say($"{targets.Count} targets, {executions:N0} inputs from seed {options.Seed}, {failures} failures, {watchdog.Late} calls over {Watchdog.Limit.TotalSeconds:N0} s");
        return failures + watchdog.Late == 0 ? 0 : 1;
    }

    private static int Feed(FuzzTarget target, byte[] input, Action<string> say)
    {
        say($"{target.Name}: {(target.Run(input) ? "accepted" : "refused")}");
        return 0;
    }
}
