using System.CommandLine;
using LicenceChain.Cli.Network;

namespace LicenceChain.Cli.Commands;

/// <summary><c>node run</c>.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config", "-c") { Description = "node.json (docs/reference/configuration.md).", Required = true, HelpName = "FILE" };
        var run = new ExampleCommand("run", "Run one node until Ctrl-C 运行节点.", "licencechain node run --config /tmp/net/nodes/310000/node.json") { config };
        run.Run((context, cancel) => ServiceRun.NodeAsync(context.Value(config), context.Terminal, cancel));
        return new ExampleCommand("node", "Run a validator or observer 运行节点.", "licencechain node run --config /tmp/net/nodes/310000/node.json") { run, ArchiveCommand.Move() };
    }
}
