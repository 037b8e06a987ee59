using System.Diagnostics;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>One fault each, under load, from a network that is well to a network that is well. What a scenario asserts holds on any machine; times are only reported.</summary>
internal sealed class Scenarios(Cluster cluster, CancellationToken stop)
{
    private static readonly TimeSpan FaultTime = TimeSpan.FromSeconds(4);

    private int Count => cluster.Count;

    private int F => cluster.FaultBound;

    /// <summary>kill -9 of the validator whose turn comes after the next block, and its restart.</summary>
    public async Task<FaultFigure> DeadProposerAsync()
    {
        var victim = 0;
        return await MeasureAsync("kill -9 of the next proposer", async () =>
        {
            victim = await cluster.ProposerAsync(await cluster.HeadAsync(stop) + 2, stop);
            cluster[victim].Kill();
            await cluster.WhenAcknowledgedAsync(20 * Count, stop); // its turn comes, and goes
        }, () => Start(victim));
    }

    /// <summary>kill -9 of f validators at once.</summary>
    public Task<FaultFigure> KillFAsync() => MeasureAsync($"kill -9 of f = {F}", async () =>
    {
        for (var i = 0; i < F; i++) cluster[i].Kill();
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, () => Start([.. Enumerable.Range(0, F)]));

    /// <summary>SIGSTOP of <paramref name="count"/> validators; with more than f nothing may be committed meanwhile.</summary>
    public Task<FaultFigure> PauseAsync(int count) => MeasureAsync($"SIGSTOP of {count}", async () =>
    {
        foreach (var validator in Last(count)) cluster[validator].Pause();
        if (count > F) await AssertNothingCommitsAsync(Enumerable.Range(0, Count - count));
        else await cluster.WhenAcknowledgedAsync(20, stop);
    }, () =>
    {
        foreach (var validator in Last(count)) cluster[validator].Resume();
        return Task.CompletedTask;
    });

    /// <summary>A minority of f is cut off: the others go on, the minority commits nothing.</summary>
    public Task<FaultFigure> MinorityCutOffAsync() => MeasureAsync($"partition {Count - F} : {F}", async () =>
    {
        cluster.Links.Part([.. Last(F)]);
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, Heal);

    /// <summary>Neither side has a quorum: nothing is committed until it heals.</summary>
    public Task<FaultFigure> NoQuorumAsync() => MeasureAsync($"partition {Count - F - 1} : {F + 1}", async () =>
    {
        cluster.Links.Part([.. Last(F + 1)]);
        await AssertNothingCommitsAsync(Enumerable.Range(0, Count));
    }, Heal);

    /// <summary>f validators are heard by nobody, but hear all.</summary>
    public Task<FaultFigure> MutedAsync() => MeasureAsync($"{F} heard by nobody", async () =>
    {
        foreach (var validator in Last(F)) cluster.Links.Mute(validator);
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, Heal);

    /// <summary>f validators hear nobody, but are heard.</summary>
    public Task<FaultFigure> DeafenedAsync() => MeasureAsync($"{F} hear nobody", async () =>
    {
        foreach (var validator in Last(F)) cluster.Links.Deafen(validator);
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, Heal);

    /// <summary>Every connection of every validator is reset at once.</summary>
    public Task<FaultFigure> ResetAsync() => MeasureAsync("every link reset", () =>
    {
        for (var validator = 0; validator < Count; validator++) cluster.Links.Reset(validator);
        return Task.CompletedTask;
    }, Heal);

    /// <summary>SIGTERM, restart and wait, one validator after the other.</summary>
    public Task<FaultFigure> RollingRestartAsync() => MeasureAsync($"rolling restart of {Count}", async () =>
    {
        for (var validator = 0; validator < Count; validator++)
        {
            Assert.Equal(0, cluster[validator].Stop());
            cluster[validator].Start();
            await cluster.WhenWellAsync([validator], stop);
        }
    }, Heal);

    /// <summary>kill -9 of all at once.</summary>
    public Task<FaultFigure> KillAllAsync() => MeasureAsync($"kill -9 of all {Count}", () =>
    {
        foreach (var validator in Last(Count)) cluster[validator].Kill();
        return Task.CompletedTask;
    }, () => Start([.. Last(Count)]));

    /// <summary>The clock of one host jumps by <paramref name="hours"/>: its validator says so, and votes again once the clock is right. Forward and back are different faults.</summary>
    public Task<FaultFigure> ClockJumpAsync(int hours) => MeasureAsync($"clock of one host {hours:+0;-0} h", async () =>
    {
        var validator = cluster[cluster.OnOwnClock];
        var said = validator.Output.Length;
        cluster.SetClock(TimeSpan.FromHours(hours));
        await Await.UntilAsync("it says that its clock is off", () => Task.FromResult(validator.Output[said..].Contains("clock-skew", StringComparison.Ordinal)));
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, () =>
    {
        cluster.SetClock(TimeSpan.Zero);
        return Task.CompletedTask;
    });

    /// <summary>A byte of a stored block changes on the disk of a running validator: it never serves that block, and has it again from its peers.</summary>
    public Task<FaultFigure> DamagedSegmentAsync() => MeasureAsync("damaged segment", async () =>
    {
        const int victim = 0;
        using var client = cluster.Network.Client(victim);
        var height = new Height((await client.GetStatusAsync(stop)).Height / 2);
        var block = await client.GetBlockAsync(height, stop);
        Assert.NotNull(block);
        var said = cluster[victim].Output.Length;
        StoredBlocks.Damage(cluster[victim], block);
        await Await.UntilAsync("the damage is found", async () =>
        {
            Assert.Equal(block.Block.Header.Digest, (await client.GetBlockAsync(height, stop))?.Block.Header.Digest ?? block.Block.Header.Digest);
            return cluster[victim].Output[said..].Contains("damaged", StringComparison.Ordinal);
        });
        await Await.UntilAsync("the block is back", async () => (await client.GetBlockAsync(height, stop))?.Block.Header.Digest == block.Block.Header.Digest);
    }, Heal);

    /// <summary>A validator loses its blocks and its state; it has them again from a snapshot that another one makes without stopping, and only the vote log is its own.</summary>
    public Task<FaultFigure> RebuiltAsync()
    {
        const int victim = 1;
        return MeasureAsync("rebuilt from a snapshot", async () =>
        {
            cluster[victim].Kill();
            StoredBlocks.Lose(cluster[victim]);
            await RunOnAsync(0, "node", "snapshot", "--config", cluster[0].Configuration);
            await cluster.WhenAcknowledgedAsync(20, stop);
        }, async () =>
        {
            await RunOnAsync(victim, "node", "join", "--config", cluster[victim].Configuration);
            cluster.Joined.Add(victim);
            cluster[victim].Start();
        });
    }

    /// <summary>The disk of one validator fills up: it stops and says why, the others go on, and with room again it catches up over the same files.</summary>
    public Task<FaultFigure> FullDiskAsync() => MeasureAsync("full disk", async () =>
    {
        var validator = cluster[cluster.OnSmallDisk];
        var said = validator.Output.Length;
        cluster.Disk.Fill();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Await.Limit);
        Assert.NotEqual(0, await validator.ExitAsync(limit.Token));
        Assert.Contains("the disk is full", validator.Output[said..], StringComparison.Ordinal);
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, () =>
    {
        cluster.Disk.Free();
        return Start(cluster.OnSmallDisk);
    });

    /// <summary>Does a fault, ends it, and waits until all is well: the fault must leave no trace but time.</summary>
    public async Task<FaultFigure> MeasureAsync(string fault, Func<Task> begin, Func<Task> end)
    {
        var since = Stopwatch.GetTimestamp();
        var before = cluster.Log.Count;
        cluster.Report(fault);
        await begin();
        var ended = Stopwatch.GetTimestamp();
        cluster.Report(fault + ": over");
        await end();
        await cluster.WhenAllWellAsync(stop);
        var recovery = Stopwatch.GetElapsedTime(ended);
        await cluster.WhenAcknowledgedAsync(20, stop);
        var figure = new FaultFigure(fault, cluster.Log.LongestSilence(since), recovery, cluster.Log.Count - before);
        cluster.Report(figure.ToString());
        return figure;
    }

    /// <summary>A command of the product, which must end well; what it printed.</summary>
    public Task<string> RunAsync(params string[] command) => RunAsync([], command);

    /// <summary>As above, on the host of a node.</summary>
    public Task<string> RunOnAsync(int node, params string[] command) => RunAsync(cluster.Links.On(node), command);

    private async Task<string> RunAsync(IReadOnlyList<string> host, string[] command)
    {
        var run = await CommandLineRun.OnAsync(host, command);
        cluster.Report($"licencechain {string.Join(' ', command.Where(word => !word.StartsWith(Path.DirectorySeparatorChar)))}: {run.Output.Trim().Split('\n')[0]}");
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }

    private Task Start(params IReadOnlyList<int> validators)
    {
        foreach (var validator in validators) cluster[validator].Start();
        return Task.CompletedTask;
    }

    private Task Heal()
    {
        cluster.Links.Heal();
        return Task.CompletedTask;
    }

    private IEnumerable<int> Last(int count) => Enumerable.Range(Count - count, count);

    // What was under way when the quorum went may still be acknowledged; after that the head stands still.
    private async Task AssertNothingCommitsAsync(IEnumerable<int> answering)
    {
        await Await.PassAsync(FaultTime / 2, stop);
        var head = await cluster.HeadOfAsync(answering, stop);
        await Await.PassAsync(FaultTime, stop);
        Assert.Equal(head, await cluster.HeadOfAsync(answering, stop));
    }
}
