using System.CommandLine;

namespace LicenceChain.Simulation;

/// <summary>Runs the simulator by hand; `dotnet test` runs its tests.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand("Simulated LicenceChain networks, every run from a seed.");
        root.Subcommands.Add(Model.ModelCommand.Create());
        return root.Parse(args).Invoke();
    }
}
