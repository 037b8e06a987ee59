using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Issue;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>issue</c>.</summary>
internal static class IssueCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A CSV file like licences.csv, or a JSON object with the same members." };
        var serial = new Option<string?>("--serial") { Description = "Which row of a CSV file.", HelpName = "SERIAL" };
        var directory = CommonOptions.Directory();
        var wallet = CommonOptions.Wallet();
        var passphrase = CommonOptions.PassphraseFile();
        var command = new ExampleCommand(
            "issue",
            "Issue one licence on a running network: credential to the holder's wallet, data to the vault, record to the chain 签发.",
            "licencechain issue my-licence.json",
            "licencechain issue more-licences.csv --serial S009001 --json") { file, serial, directory, wallet, passphrase };
        command.Run(async (context, cancel) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            var secret = Passphrase.Read(context.Value(passphrase), network.Root);
            using var runner = new IssueRunner(network, context.Value(wallet) ?? WalletSearch.DefaultPath(network), secret);
            var issued = await runner.RunAsync(context.Value(file), context.Value(serial), cancel);
            return context.Terminal.Report(ExitCode.Ok, issued, console =>
                console.MarkupLineInterpolated($"[green]✓[/] issued 已签发 [bold]{issued.LicenceId}[/] in block {issued.Height} after {issued.Milliseconds} ms; wallet {issued.Wallet}"));
        });
        return command;
    }
}
