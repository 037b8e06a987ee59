using System.CommandLine;
using LicenceChain.Cli.Up;

namespace LicenceChain.Cli.Commands;

/// <summary><c>up</c>.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var samples = CommonOptions.Samples();
        var directory = CommonOptions.Directory();
        var basePort = CommonOptions.BasePort();
        var fresh = new Option<bool>("--fresh") { Description = "Delete the network in --dir first (only one of ours) and start over." };
        var exit = new Option<bool>("--exit") { Description = "Stop after the report; exit code 0 only when every outcome and its reason was the expected one." };
        var command = new ExampleCommand(
            "up",
            "Start a whole network on this machine, run the samples through it, report, and serve until Ctrl-C 一键启动.",
            "licencechain up",
            "licencechain up --fresh --exit --json",
            "licencechain up --samples my-samples --dir /tmp/mine --base-port 9100") { samples, directory, basePort, fresh, exit };
        command.Run((context, cancel) =>
        {
            var options = new UpOptions(context.Value(samples), context.Value(directory), context.Value(fresh), context.Value(exit), context.Value(basePort), context.IsGiven(basePort));
            return new UpRunner(options, context.Terminal).RunAsync(cancel);
        });
        return command;
    }
}
