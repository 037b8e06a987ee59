namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Every strategy by its name, as the command line takes it.</summary>
internal static class StrategyCatalogue
{
    private static readonly (string Name, Func<Plot, IStrategy> Make)[] All =
    [
        (Accomplice.StrategyName, _ => new Accomplice()),
        ("equivocating-proposals", _ => new EquivocatingProposals()),
        ("equivocating-votes", _ => new EquivocatingVotes()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    public static IStrategy Create(string name, Plot plot) => All.First(one => one.Name == name).Make(plot);
}
