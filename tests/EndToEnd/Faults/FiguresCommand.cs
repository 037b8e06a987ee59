using System.CommandLine;
using LicenceChain.EndToEnd.Faults.Hosts;

namespace LicenceChain.EndToEnd.Faults;

/// <summary><c>figures</c>: each fault once, and what it cost.</summary>
internal static class FiguresCommand
{
    public static Command Create()
    {
        var validators = FaultOptions.Validators();
        var network = FaultOptions.Network();
        var seed = FaultOptions.Seed();
        var figures = new Command("figures", "Each fault once, under load, and what it cost, as a table of Markdown.\nExample: dotnet run -c Release --project tests/EndToEnd -- figures --validators 7 --network hosts")
        {
            validators, network, seed,
        };
        figures.SetAction((parsed, stop) => FaultOptions.WithClusterAsync(
            parsed.GetValue(validators), parsed.GetValue(network), parsed.GetValue(seed), cluster => RunAsync(cluster, stop), stop));
        return figures;
    }

    private static async Task<int> RunAsync(Cluster cluster, CancellationToken stop)
    {
        var table = new List<FaultFigure>();
        var scenarios = new Scenarios(cluster, stop);
        foreach (var scenario in All(scenarios, new GovernanceScenarios(cluster, scenarios, stop), cluster, stop)) table.Add(await scenario());
        var audit = await cluster.AuditAsync(stop);
        Console.WriteLine(FaultFigure.Header);
        foreach (var figure in table) Console.WriteLine(figure);
        Console.WriteLine(cluster.Links.Description);
        return audit.Findings.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<Func<Task<FaultFigure>>> All(Scenarios scenarios, GovernanceScenarios governance, Cluster cluster, CancellationToken stop) =>
    [
        scenarios.DeadProposerAsync,
        scenarios.KillFAsync,
        scenarios.KillAllAsync,
        .. Enumerable.Range(1, cluster.FaultBound + 1).Select(count => (Func<Task<FaultFigure>>)(() => scenarios.PauseAsync(count))),
        scenarios.MinorityCutOffAsync,
        scenarios.NoQuorumAsync,
        scenarios.MutedAsync,
        scenarios.DeafenedAsync,
        scenarios.ResetAsync,
        scenarios.RollingRestartAsync,
        () => scenarios.ClockJumpAsync(+1),
        () => scenarios.ClockJumpAsync(-1),
        scenarios.FullDiskAsync,
        scenarios.DamagedSegmentAsync,
        scenarios.RebuiltAsync,
        governance.LostEverythingAsync,
        governance.ComeAndGoAsync,
        .. cluster.Links is HostNetwork hosts ? OfPackets(new HostScenarios(cluster, hosts, scenarios, stop)) : [],
    ];

    private static IEnumerable<Func<Task<FaultFigure>>> OfPackets(HostScenarios scenarios) =>
    [
        () => scenarios.LossAsync(5),
        () => scenarios.LossAsync(20),
        scenarios.OneDirectionAsync,
        scenarios.UnpluggedAsync,
        scenarios.LongPartitionAsync,
        scenarios.PowerLossAsync,
    ];
}
