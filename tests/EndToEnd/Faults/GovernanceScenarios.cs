using LicenceChain.Protocol.Primitives;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>What takes a vote, done under load with the commands that operators use.</summary>
internal sealed class GovernanceScenarios(Cluster cluster, Scenarios scenarios, CancellationToken stop)
{
    private const string NewRegion = "220000";

    private string Root => cluster.Network.Directory.Root;

    /// <summary>A region that was not there at genesis joins by a snapshot, gets a seat, proposes, and loses the seat again.</summary>
    public Task<FaultFigure> ComeAndGoAsync() => scenarios.MeasureAsync("a validator added and removed", async () =>
    {
        var newcomer = cluster.Count;
        await RunAsync("network", "add-node", "--region", NewRegion, "--host", cluster.Links.AddressOf(newcomer).ToString(), "--dir", Root);
        using var node = cluster.Network.Added();
        node.Host = string.Join(' ', cluster.Links.On(newcomer));
        using var client = cluster.Network.Client(newcomer);

        // 1. An observer that is at the head (C-CHANGE).
        await GovernAsync("file", Path.Combine(Path.GetDirectoryName(node.Configuration)!, "admission.json"));
        await scenarios.RunOnAsync(0, "node", "snapshot", "--config", cluster[0].Configuration);
        await scenarios.RunOnAsync(newcomer, "node", "join", "--config", node.Configuration);
        node.Start();
        await cluster.Network.WhenReadyAsync(newcomer, Await.Limit, stop);
        Assert.False((await client.GetStatusAsync(stop)).Validator);

        // 2. A seat, and its turn to propose.
        var voting = cluster.Count;
        Assert.Contains($"of at least {(voting * 2 / 3) + 1} approvals", await GovernAsync("add-validator", "--region", NewRegion), StringComparison.Ordinal); // of the set that voted, not of the new one
        var known = cluster.Network.Directory.Anchor.Validators.Validators.Select(v => v.Key.Id.Value).ToHashSet();
        await Await.UntilAsync("the newcomer has a seat", async () => (await client.GetStatusAsync(stop)).Validator);
        await Await.UntilAsync("a block of the newcomer's", async () =>
        {
            var head = new Height((await client.GetStatusAsync(stop)).Height);
            return await client.GetBlockAsync(head, stop) is { } block && !known.Contains(block.Block.Header.Fields.Proposer);
        });

        // 3. No seat any more; what it saw is what the others saw.
        await GovernAsync("remove-validator", "--region", NewRegion);
        await Await.UntilAsync("the newcomer has no seat", async () => !(await client.GetStatusAsync(stop)).Validator);
        var audit = await ChainAudit.RunAsync(cluster.Network, [0, newcomer], (await client.GetStatusAsync(stop)).Height - 1, new AcknowledgementLog(), new HashSet<int> { newcomer }, stop);
        Assert.Empty(audit.Findings);
        Assert.Equal(0, node.Stop());
    }, () => Task.CompletedTask);

    /// <summary>A validator loses its whole disk, the vote log with it: it is rebuilt by a snapshot and only watches (C-RESTART), until a vote lets it vote again.</summary>
    public Task<FaultFigure> LostEverythingAsync()
    {
        const int victim = 2;
        return scenarios.MeasureAsync("lost disk, vote log too", async () =>
        {
            cluster[victim].Kill();
            Directory.Delete(cluster[victim].DataFolder, recursive: true);
            await scenarios.RunOnAsync(0, "node", "snapshot", "--config", cluster[0].Configuration);
            await scenarios.RunOnAsync(victim, "node", "join", "--config", cluster[victim].Configuration);
            cluster.Joined.Add(victim);
            cluster[victim].Start();
            await Await.UntilAsync("it says that its vote log is lost", async () => await cluster.StatusAsync(victim, stop) is { Alarm: "log-lost" });
            await cluster.WhenAcknowledgedAsync(20, stop);
        }, () => GovernAsync("allow-voting", "--region", cluster.Network.Directory.Regions[victim].Code.Value));
    }

    private Task<string> GovernAsync(params string[] change) => RunAsync(["governance", "propose", .. change, "--all", "--dir", Root]);

    private Task<string> RunAsync(params string[] command) => scenarios.RunAsync(command);
}
