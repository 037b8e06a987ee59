using System.CommandLine;
using LicenceChain.Cli.Network;

namespace LicenceChain.Cli.Commands;

/// <summary><c>node run</c>, <c>node join</c>, <c>node snapshot</c>, <c>node archive</c>, <c>node rehearse</c>.</summary>
internal static class NodeCommand
{
    private const string Example = "licencechain node run --config /tmp/net/nodes/310000/node.json";

    public static Command Create() => new ExampleCommand("node", "Run a validator or observer 运行节点.", Example) { Run(), Join(), Snapshot(), ArchiveCommand.Move(), RehearseCommand.Create() };

    private static ExampleCommand Run()
    {
        var config = Config();
        var run = new ExampleCommand("run", "Run one node until Ctrl-C 运行节点.", Example) { config };
        run.Run((context, cancel) => ServiceRun.NodeAsync(context.Value(config), context.Terminal, cancel));
        return run;
    }

    private static ExampleCommand Join()
    {
        var config = Config();
        var anchor = new Option<string?>("--anchor") { Description = "Anchor that the chain of validator sets must pass through, beside genesis.json 信任锚.", HelpName = "FILE" };
        var from = new Option<string?>("--from") { Description = "Folder with a snapshot that was carried by hand; else the peers are asked 快照目录.", HelpName = "DIR" };
        var join = new ExampleCommand(
            "join",
            "Fill an empty data directory from a certified snapshot, without replaying the chain 由快照加入.",
            "licencechain node join --config /tmp/net/nodes/310000/node.json",
            "licencechain node join --config node.json --from /media/snapshot --anchor anchor.json") { config, anchor, from };
        join.Run((context, cancel) => JoinRun.RunAsync(context.Value(config), context.Parsed.GetValue(anchor), context.Parsed.GetValue(from), context.Terminal, cancel));
        return join;
    }

    private static ExampleCommand Snapshot()
    {
        var config = Config();
        var output = new Option<string?>("--out", "-o") { Description = "Also copy the snapshot to this folder, which must be empty 复制到目录.", HelpName = "DIR" };
        var snapshot = new ExampleCommand(
            "snapshot",
            "Make a snapshot of a node's state now, while it runs or not 制作快照.",
            "licencechain node snapshot --config /tmp/net/nodes/310000/node.json",
            "licencechain node snapshot --config /tmp/net/nodes/310000/node.json --out /media/snapshot") { config, output };
        snapshot.Run((context, cancel) => SnapshotRun.RunAsync(context.Value(config), context.Parsed.GetValue(output), context.Terminal, cancel));
        return snapshot;
    }

    private static Option<string> Config() => new("--config", "-c") { Description = "node.json (docs/reference/configuration.md).", Required = true, HelpName = "FILE" };
}
