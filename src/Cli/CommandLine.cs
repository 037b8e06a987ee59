using System.CommandLine;
using System.CommandLine.Invocation;

namespace LicenceChain.Cli;

/// <summary>Parses and runs one command line. What <c>Program</c> calls, and the tests too.</summary>
internal static class CommandLine
{
    // Longer than four nodes take to finish the block at hand and close their files.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs <paramref name="args"/>; returns the process's exit code (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        var parsed = CommandTree.Create().Parse(args);
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout };
        var exit = await parsed.InvokeAsync(invocation, cancel);
        return parsed.Action is ParseErrorAction ? (int)ExitCode.BadInput : exit;
    }
}
