using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Verify;
using LicenceChain.Cli.Why;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;

namespace LicenceChain.Cli.Commands;

/// <summary><c>why</c>.</summary>
internal static class WhyCommand
{
    private const int DefaultSeconds = 3;

    // One address for each validator that a set may have.
    private const int MaxNodes = 100;

    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    public static Command Create()
    {
        var directory = CommonOptions.Directory();
        var nodes = new Option<string[]>("--node", "-n") { Description = "REST address of a node, repeatable; instead of the network directory's.", HelpName = "URL" };
        var anchor = new Option<string?>("--anchor") { Description = "Anchor file that names the validators; with --dir its own.", HelpName = "FILE" };
        var token = CommonOptions.Token("Bearer token that may read headers: needed with --node once the validators have changed.");
        var wait = CommonOptions.Number("--wait", "Seconds to wait for a node, 1 to 60.", DefaultSeconds, least: 1, most: 60);
        var command = new ExampleCommand(
            "why",
            "Ask every node why it does not vote, check its signature, and name the blocker and the remedy 诊断:为何不出块. Exit code 1 when something is in the way.",
            "licencechain why",
            "licencechain why --node http://127.0.0.1:7101 --node http://127.0.0.1:7111 --anchor .licencechain/anchor.json --json") { directory, nodes, anchor, token, wait };
        command.Run(async (context, cancel) =>
        {
            var patience = TimeSpan.FromSeconds(context.Value(wait));
            var report = await new WhyRunner(Options(Addresses(context.Value(nodes) ?? []), context.Value(directory), context.Value(anchor), CommonOptions.ReadToken(context.Value(token)), patience), TimeProvider.System).RunAsync(cancel);
            var isWell = report.Live && report.Problems.Count == 0;
            return context.Terminal.Report(isWell ? ExitCode.Ok : ExitCode.Negative, report, console => WhyView.Render(console, context.Terminal, report));
        });
        return command;
    }

    private static List<Uri> Addresses(string[] texts)
    {
        var nodes = new List<Uri>(texts.Length);
        foreach (var text in texts)
        {
            if (texts.Length > MaxNodes || !Uri.TryCreate(text, UriKind.Absolute, out var node) || node.Scheme is not ("http" or "https"))
                throw CommandFailure.BadInput($"--node takes an address such as http://127.0.0.1:7101, at most {MaxNodes} times; '{text}' is none.");
            nodes.Add(node);
        }

        return nodes;
    }

    private static WhyOptions Options(List<Uri> nodes, string directory, string? anchor, string? token, TimeSpan patience)
    {
        var given = anchor is null ? null : VerifyFiles.ReadAnchor(anchor);
        if (nodes.Count > 0)
            return new WhyOptions { Nodes = [.. nodes.Select(node => new NodeToAsk(node, null, null))], Anchor = given, Directory = null, Token = token, Patience = patience };

        var network = OpenNetwork.At(directory);
        return new WhyOptions
        {
            Nodes = [.. network.Regions.Select(region => new NodeToAsk(region.NodeRest, region.Bureau.Value, $"licencechain node run --config {region.NodeConfigurationPath}"))],
            Anchor = given ?? network.Anchor,
            Directory = network,
            Token = token ?? OwnToken(network),
            Patience = patience,
        };
    }

    private static string OwnToken(NetworkDirectory network)
    {
        using var authority = TokenAuthority.OpenOrCreate(network.TokenKeyPath, TimeProvider.System);
        return authority.Issue(new TokenClaims("command-line", network.Regions[0].Bureau.Value, [TokenRoles.Operator]), TokenLife);
    }
}
