namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Every strategy by its name, as the command line takes it.</summary>
internal static class StrategyCatalogue
{
    private static readonly (string Name, Func<Plot, IStrategy> Make)[] All =
    [
        (Accomplice.StrategyName, _ => new Accomplice()),
        ("equivocating-proposals", _ => new EquivocatingProposals()),
        ("equivocating-votes", _ => new EquivocatingVotes()),
        ("amnesia", _ => new Amnesia()),
        ("hidden-certificates", _ => new HiddenCertificates()),
        ("forged-round-changes", _ => new ForgedRoundChanges()),
        ("replays", _ => new Replays()),
        ("huge-numbers", _ => new HugeNumbers()),
        ("withheld-blocks", _ => new WithheldBlocks()),
        ("wrong-roots", _ => new WrongRoots()),
        ("selective-sending", plot => new SelectiveSending(plot)),
        (Floods.StrategyName, _ => new Floods()),
        ("delayed-reveal", plot => new DelayedReveal(plot)),
        ("borrowed-indexes", _ => new BorrowedIndexes()),
        ("random-lies", _ => new RandomLies()),
        ("silence", _ => new Silence()),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    public static IStrategy Create(string name, Plot plot) => All.First(one => one.Name == name).Make(plot);
}
