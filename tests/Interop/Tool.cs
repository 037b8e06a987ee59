using System.Diagnostics;

namespace LicenceChain.Interop;

/// <summary>Runs a program that nobody here wrote and gives what it printed.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static string Scripts { get; } = Path.Combine(Root(), "tests", "Interop", "scripts");

    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        var text = await output;
        return (process.ExitCode, text.Length > 0 ? text.Trim() : (await errors).Trim());
    }

    public static Task<(int ExitCode, string Output)> NodeAsync(string script, params string[] arguments) =>
        RunAsync("node", [Path.Combine(Scripts, script), .. arguments]);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LicenceChain.sln")))
                return folder.FullName;
        throw new InvalidOperationException("No folder above this test holds LicenceChain.sln.");
    }
}
