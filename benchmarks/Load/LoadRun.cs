using System.Diagnostics;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Load;

/// <summary>One measurement: start the network, warm up, measure, stop.</summary>
internal static class LoadRun
{
    private const string TypeCode = "load-test-licence";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public static async Task<LoadReport> RunAsync(LoadOptions options, TextWriter progress, CancellationToken stop)
    {
        await progress.WriteLineAsync($"starting {options.Validators} validators as processes");
        using var network = ProcessNetwork.Start(options.Validators, options.Clients);
        for (var i = 0; i < options.Validators; i++) await network.WhenReadyAsync(i, StartLimit, stop);
        using var first = network.Client(0);
        var type = await RegisterTypeAsync(network, first, stop);

        var measuring = false;
        var head = (await first.GetStatusAsync(stop)).Height;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var keys = network.Agencies.Select(agency => network.OfficerKey(agency, "issue")).ToList();
        var channels = network.Directory.Regions.Select(region => new GrpcChannel(new GrpcChannelOptions { Address = region.NodeGrpc })).ToList();
        var clients = network.Agencies.Select((agency, i) => new LoadClient(
            channels[i % channels.Count], network.Token(agency, TokenRoles.Issuer), network.Directory.Chain, agency, keys[i], type, $"C{i:D2}", options)).ToList();
        var running = clients.Select(client => Task.Run(() => client.RunAsync(() => Volatile.Read(ref measuring), () => Volatile.Read(ref head), ending.Token), CancellationToken.None)).ToList();

        await progress.WriteLineAsync($"warming up for {options.WarmupSeconds} s");
        await TickAsync(options.WarmupSeconds);
        var before = Reading.Of(network);
        Volatile.Write(ref measuring, true);
        await progress.WriteLineAsync($"measuring for {options.Seconds} s");
        await TickAsync(options.Seconds);
        Volatile.Write(ref measuring, false);
        var after = Reading.Of(network);

        await ending.CancelAsync();
        await Task.WhenAll(running);
        foreach (var channel in channels) channel.Dispose();
        foreach (var key in keys) key.Dispose();
        foreach (var client in clients) client.Dispose();
        return Report(options, clients, before, after);

        async Task TickAsync(int seconds)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var i = 0; i < seconds; i++)
            {
                await timer.WaitForNextTickAsync(stop);
                Volatile.Write(ref head, (await first.GetStatusAsync(stop)).Height);
                if (running.FirstOrDefault(task => task.IsFaulted) is { } failed) await failed;
            }
        }
    }

    private static async Task<LicenceTypeRecord> RegisterTypeAsync(ProcessNetwork network, LicenceChainClient client, CancellationToken stop)
    {
        var bureau = network.Directory.Regions[0].Bureau;
        using var govern = network.OfficerKey(bureau, "govern");
        var type = new LicenceTypeRecord
        {
            Code = TypeCode,
            TypeCode = bureau.Value + "L01",
            Name = "负载测试证照",
            EnglishName = "load test licence",
            Holder = HolderKind.Person,
            Department = "load",
            ValidYears = 0,
            Sensitivity = 1,
            Version = 1,
            Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 1 } },
        };
        var factory = new TransactionFactory(network.Directory.Chain, govern);
        var result = await client.SubmitAsync(factory.RegisterLicenceType(type, await client.GetValidUntilAsync(stop)), wait: true, stop);
        return result.Code == "OK" ? type : throw new InvalidOperationException($"The licence type was refused: {result}");
    }

    private static LoadReport Report(LoadOptions options, IReadOnlyList<LoadClient> clients, Reading before, Reading after)
    {
        var latencies = new LatencyRecorder();
        foreach (var client in clients) latencies.Merge(client.Latencies);
        var seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
        var perSecond = latencies.Count / seconds;
        return new LoadReport(
            perSecond,
            perSecond * options.Batch,
            latencies.Percentile(0.50),
            latencies.Percentile(0.99),
            (after.ProcessorTime - before.ProcessorTime).TotalMilliseconds / latencies.Count,
            (after.DiskBytes - before.DiskBytes) / (double)latencies.Count,
            latencies.Count,
            clients.Sum(client => client.Refused));
    }

    /// <param name="At">Stopwatch timestamp.</param>
    /// <param name="ProcessorTime">Of every validator and of this process.</param>
    /// <param name="DiskBytes">Of the first validator.</param>
    private readonly record struct Reading(long At, TimeSpan ProcessorTime, long DiskBytes)
    {
        public static Reading Of(ProcessNetwork network) => new(
            Stopwatch.GetTimestamp(),
            network.Validators.Aggregate(Environment.CpuUsage.TotalTime, (sum, validator) => sum + validator.ProcessorTime),
            network.Validators[0].DiskBytes);
    }
}
