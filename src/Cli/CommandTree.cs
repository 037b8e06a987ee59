using System.CommandLine;
using LicenceChain.Cli.Commands;

namespace LicenceChain.Cli;

/// <summary>All commands. Reads as a table of contents.</summary>
internal static class CommandTree
{
    /// <summary>On every command: one JSON object instead of text.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Write one JSON object instead of text (docs/reference/cli.md).", Recursive = true };

    public static RootCommand Create()
    {
        var root = new RootCommand("LicenceChain: electronic licences that every region recognises. Start with: licencechain up");
        root.Options.Add(Json);
        root.Subcommands.Add(UpCommand.Create());
        root.Subcommands.Add(NetworkCommand.Create());
        root.Subcommands.Add(NodeCommand.Create());
        root.Subcommands.Add(ArchiveCommand.Create());
        root.Subcommands.Add(VerifierCommand.Create());
        root.Subcommands.Add(IssueCommand.Create());
        root.Subcommands.Add(PresentCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(AuditCommand.Create());
        root.Subcommands.Add(WhyCommand.Create());
        root.Subcommands.Add(GovernanceCommand.Create());
        root.Subcommands.Add(KeysCommand.Create());
        root.Subcommands.Add(TokenCommand.Create());
        ExampleHelp.AddTo(root);
        return root;
    }
}
