using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Up;

/// <summary>Revokes and suspends the licences whose fate it is. Expired ones need nothing: their end simply lies in the past.</summary>
internal sealed class FatesStep(UpContext context)
{
    // Codes of a catalogue of reasons, never words about a person.
    private const string RevocationReason = "withdrawn-by-decision";
    private const string SuspensionReason = "under-investigation";

    /// <summary>Returns how many licences changed in this run.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var fated = context.Plan.Licences.Where(licence => licence.Fate is Fate.Revoked or Fate.Suspended).ToList();
        var changed = await InFlight.RunAsync(fated, InFlight.Submissions, ApplyAsync, cancel);
        return changed.Count(one => one);
    }

    private async Task<bool> ApplyAsync(PlannedLicence licence, CancellationToken cancel)
    {
        var region = licence.Sample.Region;
        var record = await context.Clients.Node(region).GetLicenceAsync(licence.Id, cancel)
            ?? throw new CommandFailure(ExitCode.Refused, $"The chain does not hold {licence.Id}, which was just issued.");
        if (record.Record.Status != LicenceStatus.Valid) return false;
        var factory = context.Factory(licence.Sample.Issuer, OfficerRoles.Issue);
        await context.Submitter(region).SubmitAsync(
            until => licence.Fate == Fate.Revoked
                ? factory.Revoke(licence.Id.Value, RevocationReason, until)
                : factory.Suspend(licence.Id.Value, SuspensionReason, until),
            cancel);
        return true;
    }
}
