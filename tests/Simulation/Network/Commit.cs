using System.Diagnostics;
using System.Reflection;

namespace LicenceChain.Simulation.Network;

/// <summary>Which source this is.</summary>
internal static class Commit
{
    /// <summary>The checked-out commit if git knows it, else what the build wrote into the assembly.</summary>
    public static string Name { get; } = FromGit() ?? typeof(Commit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string? FromGit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", "rev-parse --short=12 HEAD") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory });
            var name = git?.StandardOutput.ReadToEnd().Trim();
            git?.WaitForExit();
            return git is { ExitCode: 0 } ? name : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no git here
        }
    }
}
