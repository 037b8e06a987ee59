using System.Diagnostics;

namespace LicenceChain.EndToEnd;

/// <summary>`licencechain …` as a user runs it: a process, its exit code and what it printed.</summary>
internal sealed record CommandLineRun(int ExitCode, string Output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Task<CommandLineRun> OfAsync(params string[] arguments) => OnAsync([], arguments);

    /// <summary>As above, with <paramref name="host"/> before it: what runs a command on another host.</summary>
    public static async Task<CommandLineRun> OnAsync(IReadOnlyList<string> host, params string[] arguments)
    {
        string[] words = [.. host, "dotnet", Path.Combine(AppContext.BaseDirectory, "licencechain.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start.");
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new CommandLineRun(process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
