using System.Net;
using LicenceChain.Cli.Network;
using LicenceChain.Cli.Output;
using LicenceChain.Cli.Samples;
using LicenceChain.Node.Configuration;
using Spectre.Console;

namespace LicenceChain.Cli.Up;

/// <summary>The main job: a whole network, the samples through it, a report, and then it serves.</summary>
internal sealed class UpRunner(UpOptions options, Terminal terminal)
{
    // Beside the data, so that the report stays readable and nothing is lost.
    private const string LogName = "up.log";

    public async Task<ExitCode> RunAsync(CancellationToken cancel)
    {
        // 1. Everything is read and checked before anything is created or started.
        var samples = Samples();
        var state = DataDirectory.Inspect(options.Directory);
        var resumed = state == DirectoryState.Ours && !options.Fresh;
        var existing = resumed ? SampleNetwork.Open(options.Directory, samples) : null;
        if (existing?.Regions.FirstOrDefault(region => !IPAddress.IsLoopback(region.Host)) is { } elsewhere)
            throw CommandFailure.BadInput($"The network in '{options.Directory}' has hosts of its own (region {elsewhere.Code}: {elsewhere.Host}), and 'up' runs everything on this machine. Start 'node run' and 'verifier run' on each host, or name another folder with --dir.");
        PortCheck.AllFree(existing is null ? SampleNetwork.PortsOf(samples, options.BasePort) : SampleNetwork.PortsOf(existing));
        if (state == DirectoryState.Ours && options.Fresh) SampleNetwork.FailIfRunning(options.Directory);

        // 2. The network directory.
        var directory = existing ?? SampleNetwork.Create(samples, options);
        terminal.Console.MarkupLineInterpolated($"Network 网络 [bold]{directory.Root}[/] {(resumed ? "found, going on 已存在,继续" : "created 已创建")}");
        if (resumed && options.IsBasePortGiven && options.BasePort != directory.Regions[0].Ports.Link)
            terminal.Console.MarkupLineInterpolated($"[yellow]--base-port {options.BasePort} is for new networks: this one keeps its ports, from {directory.Regions[0].Ports.Link} on 沿用原有端口[/]");

        // 3. Four validators and their Verifiers, each over its own sockets.
        using var log = new FileLog(Path.Combine(directory.Root, LogName));
        await using var network = await RunningNetwork.StartAsync(directory, log.AddTo, cancel);
        var plan = LicencePlan.For(samples, directory.Regions[0].Bureau);
        using var context = new UpContext(samples, plan, directory, await SampleHolders.OpenAsync(directory, cancel), terminal);

        // 4. to 8. The samples.
        var report = await RunSamplesAsync(context, resumed, cancel);
        var exit = terminal.Report(report.AsExpected ? ExitCode.Ok : ExitCode.Negative, report, console => UpReportView.Render(console, report));

        // 9. Serve until told to stop; stopping in order is the network's DisposeAsync.
        if (options.Exit) return exit;
        terminal.Console.MarkupLine("Serving 服务中. Ctrl-C stops.");
        await Serving.RunAsync(network.Completion, cancel);
        return exit;
    }

    private async Task<UpReport> RunSamplesAsync(UpContext context, bool resumed, CancellationToken cancel)
    {
        // 4. Catalogue, matters, agreement.
        await new RegistriesStep(context).RunAsync(cancel);
        terminal.Console.MarkupLineInterpolated(
            $"Catalogue 目录 {context.Samples.Types.Count} types, {context.Samples.Matters.Count} matters; agreement 互认协议 '{context.Samples.Agreement.Title}' accepted by {context.Samples.Agreement.Regions.Count} regions");

        // 5. Licences.
        var issuing = await new IssuingStep(context).RunAsync(cancel);

        // 6. Fates.
        var fates = await new FatesStep(context).RunAsync(cancel);

        // 7. Requests.
        var requests = await new RequestsStep(context).RunAsync(cancel);

        // 8. The audit trail of one licence.
        var trail = await new AuditStep(context).RunAsync(requests, cancel);
        return new UpReport(
            context.Directory.Root, resumed, issuing, fates, requests.Outcomes.Count, requests.Summaries, trail,
            [.. context.Directory.Regions.Select(Endpoint.Of)], requests.AllAsExpected && (trail?.Complete ?? true));
    }

    private SampleSet Samples()
    {
        var reading = SampleReader.Read(options.Samples);
        return reading.Set ?? throw SampleFailure.Of(options.Samples, reading);
    }
}
