using System.Diagnostics;
using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Up;

/// <summary>Follows one licence through both access logs, with its proofs checked against the genesis anchor.</summary>
internal sealed class AuditStep(UpContext context)
{
    // Both halves anchor their logs every few seconds.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(60);

    // Each look is itself logged: not more of them than needed.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    /// <summary>Null when no request was recognised, so that nothing was released.</summary>
    public async Task<CheckedTrail?> RunAsync(RequestsResult requests, CancellationToken cancel)
    {
        if (requests.Outcomes.FirstOrDefault(outcome => outcome.Case.Request.Scenario == Scenario.Granted && outcome.AsExpected) is not { } chosen) return null;
        var region = chosen.Case.Request.Region;
        using var light = new LightClient(context.Clients.Node(region), context.Directory.Anchor);
        var checker = new TrailChecker(light);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var trail = await CheckAsync(checker, region, chosen, cancel);
            if (trail.Complete || Stopwatch.GetElapsedTime(started) > MostWait) return trail;
            await Task.Delay(Poll, cancel);
        }
    }

    private async Task<CheckedTrail> CheckAsync(TrailChecker checker, RegionCode region, RequestOutcome chosen, CancellationToken cancel)
    {
        await context.Clients.Verifier(region).AnchorLogAsync(cancel);
        var trail = await context.Clients.Verifier(region).TrailAsync(chosen.Licence, cancel);
        return await checker.CheckAsync(region, chosen.Licence, trail, cancel);
    }
}
