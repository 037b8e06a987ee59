using System.Diagnostics;
using LicenceChain.Cli.Clients;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Audit;

/// <summary>Collects the trails of one licence from the Verifiers of one or of all regions, and checks them against the chain and against each other.</summary>
internal sealed class AuditRunner(NetworkDirectory directory)
{
    // What was accessed a moment ago waits for its log's next checkpoint: every few seconds.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(60);

    // Each look is itself logged: not more of them than needed.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    public async Task<CheckedTrail> RunAsync(LicenceId licence, string? region, CancellationToken cancel)
    {
        var asked = directory.Regions.Where(one => region is null || one.Code.Value == region).ToList();
        if (asked.Count == 0) throw CommandFailure.BadInput($"--region '{region}' is none of this network's: {string.Join(", ", directory.Regions.Select(one => one.Code))}.");
        using var clients = new NetworkClients(directory);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var trail = await CollectAsync(clients, asked, licence, cancel);
            if (trail.Unanchored == 0 || Stopwatch.GetElapsedTime(started) > MostWait) return trail;
            await Task.Delay(Poll, cancel);
        }
    }

    private async Task<CheckedTrail> CollectAsync(NetworkClients clients, IReadOnlyList<NetworkRegion> asked, LicenceId licence, CancellationToken cancel)
    {
        var trails = new List<CheckedTrail>();
        foreach (var one in asked)
        {
            using var light = new LightClient(clients.Node(one.Code), directory.Anchor);
            trails.Add(await AskAsync(clients, one, light, licence, cancel));
        }

        return trails.Count == 1 ? trails[0] : Merge(licence, trails);
    }

    private static async Task<CheckedTrail> AskAsync(NetworkClients clients, NetworkRegion region, LightClient light, LicenceId licence, CancellationToken cancel)
    {
        try
        {
            await clients.Verifier(region.Code).AnchorLogAsync(cancel);
            var trail = await clients.Verifier(region.Code).TrailAsync(licence, cancel);
            return await new TrailChecker(light).CheckAsync(region.Code, licence, trail, cancel);
        }
        catch (LicenceChainException failure) when (failure.Code == SdkCodes.Unreachable)
        {
            throw new CommandFailure(ExitCode.NotReachable, $"{failure.Message} Without region {region.Code} the trail would not be whole; --region asks one region alone.", code: failure.Code);
        }
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
        return new CheckedTrail(
            licence.Value,
            string.Join(',', trails.Select(trail => trail.Region)),
            trails.Max(trail => trail.Height),
            CheckedTrail.InOrder(matched),
            trails.Max(trail => trail.Unanchored),
            [.. trails.SelectMany(trail => trail.Findings.Select(finding => $"{trail.Region}: {finding}"))]);
    }
}
