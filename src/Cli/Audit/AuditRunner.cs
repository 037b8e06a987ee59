using LicenceChain.Cli.Clients;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Audit;

/// <summary>Collects the trails of one licence from the Verifiers of one or of all regions, and checks them against the chain and against each other.</summary>
internal sealed class AuditRunner(NetworkDirectory directory)
{
    public async Task<AuditReport> RunAsync(LicenceId licence, string? region, CancellationToken cancel)
    {
        var asked = directory.Regions.Where(one => region is null || one.Code.Value == region).ToList();
        if (asked.Count == 0) throw CommandFailure.BadInput($"--region '{region}' is none of this network's: {string.Join(", ", directory.Regions.Select(one => one.Code))}.");
        using var clients = new NetworkClients(directory);
        var trails = new List<CheckedTrail>();
        foreach (var one in asked)
        {
            using var light = new LightClient(clients.Node(one.Code), directory.Anchor);
            await clients.Verifier(one.Code).AnchorLogAsync(cancel);
            var trail = await clients.Verifier(one.Code).TrailAsync(licence, cancel);
            trails.Add(await new TrailChecker(light).CheckAsync(one.Code, licence, trail, cancel));
        }

        return new AuditReport(licence.Value, trails, region is null ? Orphans(trails) : []);
    }

    /// <summary>Releases that a vault logged and no Verifier of any region did: only told when all were asked.</summary>
    private static List<string> Orphans(IReadOnlyList<CheckedTrail> trails)
    {
        var entries = trails.SelectMany(trail => trail.Entries).ToList();
        var asked = entries.Where(entry => entry.Side == "verifier").Select(entry => entry.UseId).ToHashSet(StringComparer.Ordinal);
        return [.. entries.Where(entry => entry.Side == "vault" && !asked.Contains(entry.UseId)).Select(entry => entry.UseId).Distinct(StringComparer.Ordinal)];
    }
}
