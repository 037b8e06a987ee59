using System.CommandLine;
using LicenceChain.Cli.Network;

namespace LicenceChain.Cli.Commands;

/// <summary><c>verifier run</c>.</summary>
internal static class VerifierCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config", "-c") { Description = "verifier.json (docs/reference/configuration.md).", Required = true, HelpName = "FILE" };
        var run = new ExampleCommand("run", "Run one Verifier until Ctrl-C 运行用证服务.", "licencechain verifier run --config /tmp/net/verifiers/310000/verifier.json") { config };
        run.Run((context, cancel) => ServiceRun.VerifierAsync(context.Value(config), context.Terminal, cancel));
        return new ExampleCommand("verifier", "Run the relying side's service 运行用证服务.", "licencechain verifier run --config /tmp/net/verifiers/310000/verifier.json") { run };
    }
}
