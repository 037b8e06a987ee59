using Google.Protobuf;
using LicenceChain.Cli.Output;
using LicenceChain.Node;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace LicenceChain.Cli.Network;

/// <summary><c>node join</c>: shows how far it is, and says what came of it.</summary>
internal static class JoinRun
{
    public static async Task<ExitCode> RunAsync(string config, string? anchorPath, string? from, Terminal terminal, CancellationToken cancel)
    {
        var configuration = NodeConfigurationFile.Read(config);
        var anchor = anchorPath is null ? null : ReadAnchor(anchorPath);
        using var logging = LoggerFactory.Create(ServiceRun.Logging);
        JoinReport report;
        try
        {
            report = await JoinProgressBar.RunAsync(
                terminal.Console, progress => NodeJoin.RunAsync(configuration, anchor, from, progress, TimeProvider.System, logging, cancel));
        }
        catch (NodeFaultException failure)
        {
            throw CommandFailure.BadInput(failure.Message);
        }

        return terminal.Report(ExitCode.Ok, View(report), console =>
        {
            console.MarkupLineInterpolated($"Joined at height {report.Height} 已加入: {report.Rows} rows, {Megabytes(report.Bytes)} MB in {report.Elapsed.TotalSeconds:F1} s; state root {report.StateRoot}.");
            if (report.VoteLogLost)
                console.MarkupLine("The directory does not say that its key is new (votes.new), and holds no vote log: if the key has or gets a seat, it observes until governance allows it to vote (licencechain governance propose allow-voting) 投票日志缺失,仅观察.");
            console.MarkupLineInterpolated($"Start it: licencechain node run --config {config}");
        });
    }

    private static object View(JoinReport report) => new
    {
        Height = report.Height.Value,
        StateRoot = report.StateRoot.ToString(),
        report.Rows,
        report.Bytes,
        report.VoteLogLost,
        Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
    };

    private static TrustAnchor ReadAnchor(string path)
    {
        try
        {
            return TrustAnchor.TryFrom(JsonParser.Default.Parse<TrustAnchorMessage>(File.ReadAllText(path)), out var anchor) ? anchor : throw CommandFailure.BadInput($"{path} is no trust anchor.");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw CommandFailure.BadInput($"{path} is no trust anchor: {e.Message}");
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("F1", System.Globalization.CultureInfo.InvariantCulture);
}
