using System.CommandLine;
using LicenceChain.EndToEnd.Faults;

namespace LicenceChain.EndToEnd;

/// <summary>`dotnet test` runs the tests; this runs their faults by hand, for longer: `dotnet run -c Release --project tests/EndToEnd -- chaos --minutes 10`.</summary>
internal static class Program
{
    // The node of `clock-host` stops as the product's does, which has as long.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Faults on real validator processes, over real sockets and files, under load.") { ChaosCommand.Create(), FiguresCommand.Create(), ClockHostCommand.Create() };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = StopLimit });
    }
}
