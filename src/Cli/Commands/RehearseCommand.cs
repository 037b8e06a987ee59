using System.CommandLine;
using LicenceChain.Cli.Rehearse;
using LicenceChain.Node.Rehearsals;

namespace LicenceChain.Cli.Commands;

/// <summary><c>node rehearse</c>.</summary>
internal static class RehearseCommand
{
    public static ExampleCommand Create()
    {
        var config = new Option<string>("--config", "-c") { Description = "node.json of the node whose blocks are executed again; it may run.", Required = true, HelpName = "FILE" };
        var blocks = new Option<ulong?>("--blocks") { Description = "At least so many of the last blocks, from the newest snapshot below them; default: all.", HelpName = "N" };
        blocks.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.Tokens[0].Value == "0") result.AddError("--blocks is at least 1.");
        });
        var work = new Option<string?>("--work") { Description = "Folder for the rows meanwhile, as large as state.db; default: the system's temporary folder.", HelpName = "DIR" };
        var submit = new Option<bool>("--submit") { Description = "Attest the result on the chain with the node's service key (membership.attest)." };
        var token = CommonOptions.Token("Bearer token of role service for the node's API; needed with --submit.");
        var command = new ExampleCommand(
            "rehearse",
            "Execute a node's blocks again with this program and compare every root: before an upgrade 升级演练.",
            "licencechain node rehearse --config /tmp/net/nodes/310000/node.json",
            "licencechain node rehearse --config node.json --blocks 10000 --submit --token \"$(licencechain token --role service --dir /tmp/net)\"") { config, blocks, work, submit, token };
        command.Run((context, cancel) =>
        {
            var bearer = CommonOptions.ReadToken(context.Parsed.GetValue(token));
            if (context.Value(submit) && bearer is null) throw CommandFailure.BadInput("--submit needs --token: a bearer token of role service for the node's API.");
            var options = new RehearsalOptions { Blocks = context.Parsed.GetValue(blocks), WorkFolder = context.Parsed.GetValue(work) };
            return RehearseRun.RunAsync(context.Value(config), options, context.Value(submit) ? bearer : null, context.Terminal, cancel);
        });
        return command;
    }
}
