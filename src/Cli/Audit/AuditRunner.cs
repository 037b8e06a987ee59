using LicenceChain.Cli.Clients;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Audit;

/// <summary>Collects the trails of one licence from the Verifiers of one or of all regions, and checks them against the chain and against each other.</summary>
internal sealed class AuditRunner(NetworkDirectory directory)
{
    public async Task<CheckedTrail> RunAsync(LicenceId licence, string? region, CancellationToken cancel)
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

        return trails.Count == 1 ? trails[0] : Merge(licence, trails);
    }

    /// <summary>
    /// One trail of all regions: the accesses in the order of time, the halves of each side by side. With every Verifier asked, a vault's entry
    /// must have its other half among them.
    /// </summary>
    internal static CheckedTrail Merge(LicenceId licence, IReadOnlyList<CheckedTrail> trails)
    {
        var entries = trails.SelectMany(trail => trail.Entries).DistinctBy(entry => (entry.Origin, entry.Index)).ToList();
        var verifiers = entries.Where(entry => entry is { Side: "verifier", IsReading: false }).DistinctBy(entry => entry.UseId).ToDictionary(entry => entry.UseId, entry => entry.Origin, StringComparer.Ordinal);
        var matched = entries.Select(entry => entry.Side == "verifier" || entry.IsReading ? entry : entry with
        {
            Matched = entry.Matched && verifiers.ContainsKey(entry.UseId),
            OtherHalf = verifiers.GetValueOrDefault(entry.UseId),
        });
        var accesses = matched.GroupBy(entry => entry.IsReading ? $"{entry.Origin}[{entry.Index}]" : entry.UseId, StringComparer.Ordinal)
            .OrderBy(access => access.Min(entry => entry.TimeMs)).ThenBy(access => access.Key, StringComparer.Ordinal);
        return new CheckedTrail(
            licence.Value,
            string.Join(',', trails.Select(trail => trail.Region)),
            trails.Max(trail => trail.Height),
            [.. accesses.SelectMany(access => access.OrderByDescending(entry => entry.Side == "verifier").ThenBy(entry => entry.TimeMs).ThenBy(entry => entry.Index))],
            trails.Max(trail => trail.Unanchored),
            [.. trails.SelectMany(trail => trail.Findings.Select(finding => $"{trail.Region}: {finding}"))]);
    }
}
