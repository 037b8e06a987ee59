using LicenceChain.Simulation.Network;

namespace LicenceChain.Simulation;

/// <summary>Runs the simulator by hand; `dotnet test` runs its tests.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = SimulateCommand.Create();
        root.Subcommands.Add(Schedules.SchedulesCommand.Create());
        root.Subcommands.Add(Model.ModelCommand.Create());
        return root.Parse(args).Invoke();
    }
}
