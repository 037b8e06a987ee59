using System.Diagnostics;
using LicenceChain.Node;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Join;

/// <summary>How long a node takes from its start until it serves, over a data directory with so many licences; and what an unread disk adds is the operating system's.</summary>
internal static class RestartRun
{
    private const int Source = 0;

    public static async Task<RestartFigures> RunAsync(int licences, int perBlock, int starts, TextWriter progress, CancellationToken stop)
    {
        using var network = new LicenceNetwork();
        await progress.WriteLineAsync($"building {licences} licences in blocks of {perBlock}");
        var began = Stopwatch.GetTimestamp();
        var head = Build(network, licences, perBlock, stop);
        var building = Stopwatch.GetElapsedTime(began);
        var bytes = Directory.GetFiles(network.Configurations[Source].DataDirectory, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

        var ready = new List<TimeSpan>();
        for (var i = 0; i < starts; i++)
        {
            GC.Collect();
            began = Stopwatch.GetTimestamp();
            await using var node = await NodeHost.StartAsync(network.Configurations[Source], TimeProvider.System, NullLoggerFactory.Instance, stop);
            ready.Add(Stopwatch.GetElapsedTime(began));
            if (node.Queries.Status.Height != head) throw new InvalidOperationException($"The node stands at {node.Queries.Status.Height}, not at {head}.");
            await progress.WriteLineAsync($"start {i + 1}: {ready[^1].TotalSeconds:F2} s");
        }

        return new RestartFigures(licences, head.Value, bytes, building, ready, Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static Height Build(LicenceNetwork network, int licences, int perBlock, CancellationToken stop)
    {
        using var author = new ChainAuthor(network.Configurations[Source], network.Consensus);
        author.Add([network.RegisterType(author.Next)]);
        for (var issued = 0; issued < licences; issued += perBlock)
        {
            stop.ThrowIfCancellationRequested();
            author.Add([network.IssueBatch(issued, int.Min(perBlock, licences - issued), author.Next)]);
        }

        return author.Next.Previous;
    }
}
