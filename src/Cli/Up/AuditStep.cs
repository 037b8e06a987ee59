using System.Diagnostics;
using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>Follows one licence through the access logs of all regions, with the proofs checked against the genesis anchor.</summary>
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
        var runner = new AuditRunner(context.Directory);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var trail = await runner.RunAsync(chosen.Licence, region: null, cancel);
            if (trail.Complete || Stopwatch.GetElapsedTime(started) > MostWait) return trail;
            await Task.Delay(Poll, cancel);
        }
    }
}
