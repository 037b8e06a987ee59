using System.CommandLine;
using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Clients;

namespace LicenceChain.Cli.Commands;

/// <summary><c>audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var licence = new Argument<string>("licence") { Description = "Licence identifier, or the serial of a sample." };
        var region = new Option<string?>("--region") { Description = "Only this region's Verifier; default: all of them, matched with each other.", HelpName = "CODE" };
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand(
            "audit",
            "Show who accessed a licence's data, both halves of each access, with every proof checked here 访问审计.",
            "licencechain audit S000001",
            "licencechain audit S000001 --region 320000 --json") { licence, region, directory };
        command.Run(async (context, cancel) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            var trail = await new AuditRunner(network).RunAsync(await WalletSearch.ResolveAsync(network, context.Value(licence), cancel), context.Value(region), cancel);
            return context.Terminal.Report(trail.Complete ? ExitCode.Ok : ExitCode.Negative, trail, console => TrailView.Render(console, trail));
        });
        return command;
    }
}
