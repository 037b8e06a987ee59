using System.CommandLine;

namespace LicenceChain.Cli;

/// <summary>A command whose <c>--help</c> ends with an example that works after <c>./licencechain up</c>.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>One line each, without the prompt.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Runs <paramref name="run"/> behind the one boundary that turns failures into exit codes.</summary>
    public void Run(Func<CommandContext, CancellationToken, Task<ExitCode>> run) =>
        SetAction((parsed, cancel) => CommandBoundary.RunAsync(parsed, run, cancel));
}
