using System.Text.Json;

namespace LicenceChain.Cli.Tests.Commands;

/// <summary>One command line run in this process, with what it wrote.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    /// <summary>The one JSON object on standard output.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync(args, output, error, CancellationToken.None);
        return new CommandRun(exit, output.ToString(), error.ToString());
    }
}
