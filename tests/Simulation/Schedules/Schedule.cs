using LicenceChain.Simulation.Schedules.Adversaries;

namespace LicenceChain.Simulation.Schedules;

/// <summary>One run, drawn whole from its seed: who is faulty and how, what the network does, who crashes.</summary>
internal sealed record Schedule(ulong Seed, int Nodes, IReadOnlyList<FaultySeat> Faulty, ulong Heights, NetworkPlan Network)
{
    public static readonly int[] Sizes = [4, 5, 6, 7, 10, 13];

    // Small sets are quicker and hold the corner cases of the arithmetic (C-QUORUM).
    private static readonly int[] SizesDrawn = [4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 10, 10, 13];

    /// <summary>In 1000: the chance that a correct host crashes before it carries out an output.</summary>
    public int CrashPerMille { get; init; }

    /// <summary>A correct host whose log is lost when it crashes, and which therefore only observes; -1 for none.</summary>
    public int LosesLog { get; init; } = -1;

    /// <summary>Whether the network's faults hold back the liars' messages too.</summary>
    public bool BindsLiars { get; init; }

    /// <summary>Whether two copies of one key hear each other.</summary>
    public bool TwinsHear { get; init; }

    /// <summary>For each validator, the side on which the liars tell their second story.</summary>
    public ulong Sides { get; init; }

    /// <summary>Hosts in order: one for each seat (liars' seats have none), then the second copies.</summary>
    public IReadOnlyList<(int Host, int Seat)> SecondCopies => [.. Faulty.Where(one => one.IsTwins).Select((one, i) => (Nodes + i, one.Seat))];

    public static Schedule Draw(ulong seed, int? nodes = null, string? strategy = null, int beyondBound = 0)
    {
        var dice = new Dice(seed ^ 0x6c635f73636865);
        var drawn = dice.Pick<int>(SizesDrawn);
        var n = nodes ?? drawn;
        var f = ((n - 1) / 3) + beyondBound;
        var count = beyondBound > 0 || dice.Percent(70) ? f : dice.Between(1, f);
        var seats = DrawSeats(dice, n, count);
        var faulty = seats.Select(seat => new FaultySeat(seat, DrawStrategies(dice, strategy))).ToList();
        var second = faulty.Where(one => one.IsTwins).Select((one, i) => (one.Seat, n + i)).ToList();
        ReadOnlySpan<int> heights = [1, 1, 1, 2, 2, 3];
        var plan = new Schedule(seed, n, faulty, (ulong)dice.Pick(heights), NetworkPlan.Draw(dice, n + second.Count, second, hideable: (n - 1) / 3));
        ReadOnlySpan<int> crashes = [0, 0, 0, 4, 15];
        var healthy = Enumerable.Range(0, n).Where(seat => !seats.Contains(seat)).ToList();
        return plan with
        {
            CrashPerMille = dice.Pick(crashes),
            LosesLog = count < (n - 1) / 3 && dice.Percent(50) ? dice.Pick(healthy) : -1,
            BindsLiars = dice.Percent(30),
            TwinsHear = dice.Percent(50),
            Sides = dice.Next(),
        };
    }

    public override string ToString() =>
        $"seed {Seed}, n {Nodes}, faulty [{string.Join(", ", Faulty)}], {Heights} heights, calm at {Network.CalmAtMs} ms, delay {Network.MaxDelayMs} ms, loss {Network.LossPercent} %, "
        + $"duplicates {Network.DuplicatePercent} %, parted rounds [{string.Join(' ', Network.Groups.Select(g => string.Join("", g)))}], losses by type [{string.Join(' ', Network.Losses.Select(l => string.Join(",", l)))}], "
        + $"hidden {Network.Hidden:b} from round {Network.HiddenFrom}, crashes {CrashPerMille} in 1000, log lost by {LosesLog}, liars bound {BindsLiars}, twins hear {TwinsHear}";

    // The first proposers of height 1 are the seats worth having: mostly one of them is taken.
    private static List<int> DrawSeats(Dice dice, int n, int count)
    {
        var seats = new List<int>();
        if (dice.Percent(60)) seats.Add((1 + dice.Below(3)) % n);
        while (seats.Count < count)
        {
            var seat = dice.Below(n);
            if (!seats.Contains(seat)) seats.Add(seat);
        }

        return seats;
    }

    private static List<string> DrawStrategies(Dice dice, string? only)
    {
        if (only == FaultySeat.Twins) return [];
        if (only is not null) return dice.Percent(50) ? [.. only.Split('+')] : [.. only.Split('+'), Accomplice.StrategyName];
        if (dice.Percent(20)) return [];
        var names = new List<string> { dice.Pick(StrategyCatalogue.Names) };
        while (names.Count < 3 && dice.Percent(45))
        {
            var more = dice.Pick(StrategyCatalogue.Names);
            if (!names.Contains(more)) names.Add(more);
        }

        return names;
    }
}
