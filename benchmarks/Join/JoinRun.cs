using System.Diagnostics;
using LicenceChain.Node;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Join;

/// <summary>One measurement: build, join, replay, and the latency of commits while snapshots are made.</summary>
internal static class JoinRun
{
    private const int Source = 0;
    private const int Joiner = 3;

    public static async Task<JoinFigures> RunAsync(int licences, int perBlock, int commits, TextWriter progress, CancellationToken stop)
    {
        using var network = new LicenceNetwork();
        await progress.WriteLineAsync($"building {licences} licences in blocks of {perBlock}");
        var head = Build(network, licences, perBlock, stop);

        await progress.WriteLineAsync("making a snapshot, joining by it, replaying");
        SnapshotReport made;
        TimeSpan making;
        TimeSpan joining;
        TimeSpan replaying;
        TimeSpan joiningProcessor;
        TimeSpan replayingProcessor;
        await using (var source = await NodeHost.StartAsync(network.Configurations[Source], TimeProvider.System, NullLoggerFactory.Instance, stop))
        {
            var began = Stopwatch.GetTimestamp();
            made = await NodeSnapshot.MakeAsync(network.Configurations[Source], null, TimeProvider.System, stop);
            making = Stopwatch.GetElapsedTime(began);

            network.Clear(Joiner);
            began = Stopwatch.GetTimestamp();
            var processor = Environment.CpuUsage.TotalTime;
            var phases = new Phases();
            await NodeJoin.RunAsync(network.Configurations[Joiner], null, null, phases, TimeProvider.System, NullLoggerFactory.Instance, stop);
            phases.End("starting");
            await ReachAsync(network, head, source, stop);
            joining = Stopwatch.GetElapsedTime(began);
            joiningProcessor = Environment.CpuUsage.TotalTime - processor;
            phases.End("done");
            await progress.WriteLineAsync($"  of the join: {phases}");

            network.Clear(Joiner);
            began = Stopwatch.GetTimestamp();
            processor = Environment.CpuUsage.TotalTime;
            await ReachAsync(network, head, source, stop);
            replaying = Stopwatch.GetElapsedTime(began);
            replayingProcessor = Environment.CpuUsage.TotalTime - processor;
        }

        if (commits == 0) return new JoinFigures(licences, head.Value, made.Bytes, making, joining, joiningProcessor, replaying, replayingProcessor, null, null);
        await progress.WriteLineAsync("four nodes commit, without and with snapshots being made");
        for (var node = 1; node < network.Configurations.Count; node++) network.CopyData(Source, node);
        var (quiet, whileMaking) = await CommitAsync(network, licences, commits, stop);
        return new JoinFigures(licences, head.Value, made.Bytes, making, joining, joiningProcessor, replaying, replayingProcessor, quiet, whileMaking);
    }

    private static Height Build(LicenceNetwork network, int licences, int perBlock, CancellationToken stop)
    {
        using var author = new ChainAuthor(network.Configurations[Source], network.Consensus);
        author.Add([network.RegisterType(author.Next)]);
        for (var issued = 0; issued < licences; issued += perBlock)
        {
            stop.ThrowIfCancellationRequested();
            var transactions = new SignedTransaction[int.Min(perBlock, licences - issued)];
            var first = issued;
            var next = author.Next;
            Parallel.For(0, transactions.Length, i => transactions[i] = network.Issue(first + i, next));
            author.Add(transactions);
        }

        return author.Next.Previous;
    }

    // The node starts from what its directory holds and is done when it stands at the head with the same root.
    private static async Task ReachAsync(LicenceNetwork network, Height head, NodeHost source, CancellationToken stop)
    {
        var configuration = network.Configurations[Joiner] with { Snapshots = new SnapshotOptions { JoinAbove = 0 } };
        await using var node = await NodeHost.StartAsync(configuration, TimeProvider.System, NullLoggerFactory.Instance, stop);
        await foreach (var _ in node.Queries.FollowAsync(head, follow: true, stop)) break;
        if (node.Queries.Status.StateRoot != source.Queries.Status.StateRoot) throw new InvalidOperationException("The roots differ.");
    }

    private static async Task<(Latencies Quiet, Latencies WhileMaking)> CommitAsync(LicenceNetwork network, int serial, int commits, CancellationToken stop)
    {
        var nodes = new List<NodeHost>();
        try
        {
            foreach (var configuration in network.Configurations) nodes.Add(await NodeHost.StartAsync(configuration, TimeProvider.System, NullLoggerFactory.Instance, stop));
            await MeasureAsync(commits / 10); // warm
            var quiet = await MeasureAsync(commits);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var making = Task.WhenAll(network.Configurations.Select(c => MakeAllTheTimeAsync(c, enough.Token)));
            var whileMaking = await MeasureAsync(commits);
            await enough.CancelAsync();
            await making;
            return (Latencies.Of(quiet), Latencies.Of(whileMaking));
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }

        async Task<List<double>> MeasureAsync(int count)
        {
            var latencies = new List<double>();
            for (var i = 0; i < count; i++)
            {
                var transaction = network.Issue(serial++, nodes[0].Queries.Status.Height.Next);
                var began = Stopwatch.GetTimestamp();
                var result = await nodes[i % nodes.Count].Gate.SubmitAsync(transaction.Bytes, true, stop);
                if (result.Height is null) throw new InvalidOperationException($"Refused: {result}");
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return latencies;
        }
    }

    private static async Task MakeAllTheTimeAsync(Node.Configuration.NodeConfiguration configuration, CancellationToken enough)
    {
        try
        {
            while (true) await NodeSnapshot.MakeAsync(configuration, null, TimeProvider.System, enough);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return;
        }
    }

    // When each phase ended, in the order they came.
    private sealed class Phases : IProgress<JoinProgress>
    {
        private readonly List<(string Name, long At, TimeSpan Processor)> _ends = [("opening", Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime)];

        public void Report(JoinProgress value) => End(value.Phase.ToString());

        public void End(string name)
        {
            lock (_ends)
                if (_ends[^1].Name != name)
                    _ends.Add((name, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime));
        }

        public override string ToString() =>
            string.Join(", ", _ends.Zip(_ends.Skip(1), (from, to) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{from.Name} {Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds:F2} s ({(to.Processor - from.Processor).TotalSeconds:F2} s of processor)")));
    }
}
