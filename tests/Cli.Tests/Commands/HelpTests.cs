using System.CommandLine;

namespace LicenceChain.Cli.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> EveryCommand()
    {
        var data = new TheoryData<string>();
        foreach (var path in Paths(CommandTree.Create(), "")) data.Add(path);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Every_command_shows_an_example_in_its_help(string path)
    {
        var run = await CommandRun.OfAsync([.. path.Split(' '), "--help"]);

        Assert.Equal(0, run.Exit);
        Assert.Contains("Example", run.Output, StringComparison.Ordinal);
        Assert.Contains($"licencechain {path}", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Every_example_parses(string path)
    {
        var root = CommandTree.Create();
        var command = path.Split(' ').Aggregate((Command)root, (found, name) => found.Subcommands.Single(one => one.Name == name));

        foreach (var example in Assert.IsType<ExampleCommand>(command).Examples.Where(example => example.StartsWith("licencechain ", StringComparison.Ordinal)))
            Assert.Empty(root.Parse(example["licencechain ".Length..]).Errors);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("network init")]
    [InlineData("node run")]
    [InlineData("verifier run")]
    [InlineData("issue")]
    [InlineData("verify")]
    [InlineData("present")]
    [InlineData("audit")]
    [InlineData("governance")]
    [InlineData("keys")]
    [InlineData("token")]
    public void The_promised_commands_are_there(string path) => Assert.Contains(path, Paths(CommandTree.Create(), ""));

    private static IEnumerable<string> Paths(Command command, string prefix) =>
        command.Subcommands.SelectMany(child => Paths(child, $"{prefix}{child.Name} ").Prepend(prefix + child.Name));
}
