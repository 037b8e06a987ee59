using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Faults that only packets and cables have, one each, from a network that is well to a network that is well.</summary>
internal sealed class HostScenarios(Cluster cluster, HostNetwork hosts, Scenarios scenarios, CancellationToken stop)
{
    // A line that is dead is noticed within 10 s (LinkLimits.PingTimeout). Somebody who asks over REST, on a busy machine, may learn of it as much later.
    private static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(20);

    private int Last => cluster.Count - 1;

    /// <summary>This share of all packets is lost, on every line; commits go on.</summary>
    public Task<FaultFigure> LossAsync(int percent) => scenarios.MeasureAsync($"{percent} % of packets lost everywhere", async () =>
    {
        hosts.Loss(percent).Begin();
        await cluster.WhenAcknowledgedAsync(50, stop);
    }, HealAsync);

    /// <summary>The cable of one host is pulled. The others notice that their lines to it are dead, though no kernel tells them; with the cable in, the lines are dialled again.</summary>
    public Task<FaultFigure> UnpluggedAsync() => scenarios.MeasureAsync("a host unplugged until all have noticed", async () =>
    {
        hosts.Unplug(Last);
        await WhenNoticedAsync(Enumerable.Range(0, Last), Last - 1);
        await cluster.WhenAcknowledgedAsync(20, stop);
    }, HealAsync);

    /// <summary>Neither side has a quorum, until all lines between them are given up: with the cut gone every one is dialled anew.</summary>
    public Task<FaultFigure> LongPartitionAsync()
    {
        var few = Enumerable.Range(Last - cluster.FaultBound, cluster.FaultBound + 1).ToList();
        var many = Enumerable.Range(0, cluster.Count).Except(few).ToList();
        return scenarios.MeasureAsync($"partition {many.Count} : {few.Count} until all have noticed", async () =>
        {
            hosts.Part(few);
            await WhenNoticedAsync(few, few.Count - 1);
            await WhenNoticedAsync(many, many.Count - 1);
            var head = await cluster.HeadOfAsync(many.Concat(few), stop);
            await Await.PassAsync(TimeSpan.FromSeconds(5), stop);
            Assert.Equal(head, await cluster.HeadOfAsync(many.Concat(few), stop));
        }, HealAsync);
    }

    /// <summary>A host loses its power: nobody is told that its connections ended.</summary>
    public Task<FaultFigure> PowerLossAsync() => scenarios.MeasureAsync("power loss of one host", async () =>
    {
        hosts.Unplug(Last);
        cluster[Last].Kill();
        await cluster.WhenAcknowledgedAsync(50, stop);
    }, () =>
    {
        hosts.Heal();
        cluster[Last].Start();
        return Task.CompletedTask;
    });

    /// <summary>What f validators send to one vanishes, what it sends to them arrives: a route that is wrong in one direction.</summary>
    public Task<FaultFigure> OneDirectionAsync() => scenarios.MeasureAsync($"one direction lost, from {cluster.FaultBound} to one", async () =>
    {
        for (var other = 0; other < cluster.FaultBound; other++) hosts.Blackhole(other, Last);
        await cluster.WhenAcknowledgedAsync(50, stop);
    }, HealAsync);

    // Until each of these has no more links than it can.
    private async Task WhenNoticedAsync(IEnumerable<int> validators, int links)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var validator in validators)
            await Await.UntilAsync($"validator {validator} has noticed which lines are dead", async () => await cluster.StatusAsync(validator, stop) is { } status && status.Peers <= links, NoticeLimit);
        cluster.Report($"all have noticed after {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s");
    }

    private Task HealAsync()
    {
        hosts.Heal();
        return Task.CompletedTask;
    }
}
