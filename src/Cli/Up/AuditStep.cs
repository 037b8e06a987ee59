using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>Follows one licence through the access logs of all regions, with the proofs checked against the genesis anchor.</summary>
internal sealed class AuditStep(UpContext context)
{
    /// <summary>Null when no request was recognised, so that nothing was released.</summary>
    public async Task<CheckedTrail?> RunAsync(RequestsResult requests, CancellationToken cancel)
    {
        if (requests.Outcomes.FirstOrDefault(outcome => outcome.Case.Request.Scenario == Scenario.Granted && outcome.AsExpected) is not { } chosen) return null;
        return await new AuditRunner(context.Directory).RunAsync(chosen.Licence, region: null, cancel);
    }
}
