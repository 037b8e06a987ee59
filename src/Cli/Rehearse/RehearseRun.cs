using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Output;
using LicenceChain.Hosting.Files;
using LicenceChain.Node;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Rehearsals;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;
using Spectre.Console;

namespace LicenceChain.Cli.Rehearse;

/// <summary>Rehearses, says how far it is, and attests the result when told to.</summary>
internal static class RehearseRun
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    public static async Task<ExitCode> RunAsync(string path, RehearsalOptions options, string? token, Terminal terminal, CancellationToken cancel)
    {
        var configuration = NodeConfigurationFile.Read(path);
        var started = Stopwatch.GetTimestamp();
        var said = started;
        var report = await Task.Run(() => Rehearse(configuration, options, Say, cancel), cancel);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var attested = token is not null && report.Difference.Length == 0 ? await AttestAsync(configuration, report, token, cancel) : null;
        var exit = report.Difference.Length == 0 ? ExitCode.Ok : ExitCode.Negative;
        return terminal.Report(
            exit,
            new
            {
                Chain = report.Chain.Value, From = report.From.Value, To = report.To.Value, report.Transactions, LastDigest = report.LastDigest.ToString(), StateRoot = report.StateRoot.ToString(),
                Equal = report.Difference.Length == 0, report.Difference, Program = ProgramVersion.Text, Versions = ProtocolVersions.Supported.ToString(), Seconds = Math.Round(seconds, 1), Attestation = attested,
            },
            console => Render(console, report, seconds, attested));

        void Say(Height height, Height head)
        {
            if (Stopwatch.GetElapsedTime(said) < Pace) return;
            said = Stopwatch.GetTimestamp();
            terminal.Console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  block {height} of {head} 演练进度");
        }
    }

    private static RehearsalReport Rehearse(NodeConfiguration configuration, RehearsalOptions options, Action<Height, Height> say, CancellationToken cancel)
    {
        try
        {
            return Rehearsal.Run(configuration, options, say, cancel);
        }
        catch (NodeFaultException failure) when (failure is not OutdatedProgramException)
        {
            throw CommandFailure.BadInput(failure.Message);
        }
    }

    private static async Task<string> AttestAsync(NodeConfiguration configuration, RehearsalReport report, string token, CancellationToken cancel)
    {
        using var keys = KeystoreFile.OpenWithPassphraseFile(configuration.KeystorePath, configuration.PassphrasePath);
        var key = keys.Key(configuration.Vault.ServiceKeyName);
        using var client = new LicenceChainClient(new UriBuilder("http", configuration.ApiAddress.ToString(), configuration.RestPort).Uri, new LicenceChainClientOptions { Token = token });
        using var submitter = new Submitter(client);
        var unique = RandomNumberGenerator.GetBytes(SignedTransaction.UniqueIdSize);
        var committed = await submitter.SubmitAsync(until => TransactionBuilder.Sign(report.Chain, "membership", "attest", report.ToArguments(), key, until, unique), cancel);
        return committed.Transaction.ToString();
    }

    private static void Render(IAnsiConsole console, RehearsalReport report, double seconds, string? attested)
    {
        var program = $"{ProgramVersion.Text}, protocol version {ProtocolVersions.Supported}";
        if (report.Difference.Length > 0)
        {
            console.MarkupLineInterpolated($"[red]✗[/] {report.Difference} 演练发现差异");
            console.MarkupLineInterpolated($"    This program ({program}) does not come to the chain's results: do not install it. 请勿安装此版本");
            return;
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]✓[/] Blocks {report.From} to {report.To} ({report.Transactions} transactions) executed again in {seconds:F1} s: every root is equal 全部一致");
        console.MarkupLineInterpolated($"    by {program}; digest {report.LastDigest}, state root {report.StateRoot}");
        if (attested is not null) console.MarkupLineInterpolated($"    attested on the chain by transaction {attested} 已上链声明");
    }
}
