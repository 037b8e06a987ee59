using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules;

/// <summary>What the network does until it is calm; afterwards every message arrives within the longest delay.</summary>
/// <param name="MaxDelayMs">Longest delay.</param>
/// <param name="LossPercent">Chance that a message is lost.</param>
/// <param name="DuplicatePercent">Chance that it arrives twice.</param>
/// <param name="CalmAtMs">When it ends.</param>
/// <param name="Groups">Of each round, the part of the network that each host is in (the schedule of the Twins paper); messages of later rounds pass.</param>
/// <param name="Losses">Of each round and vote type, the chance that such a message is lost; later rounds lose nothing.</param>
internal sealed record NetworkPlan(int MaxDelayMs, int LossPercent, int DuplicatePercent, ulong CalmAtMs, IReadOnlyList<int[]> Groups, IReadOnlyList<int[]> Losses)
{
    private const int MaxPartitionedRounds = 4;
    private const int VoteTypes = 5;
    private const int CommitLossPercent = 90;

    /// <summary>Hosts that alone get the Commits of the first rounds and are then cut off, so that a decision of theirs is known to nobody else; 0 for none.</summary>
    public ulong Hidden { get; private init; }

    /// <summary>The round in which they are cut off.</summary>
    public uint HiddenFrom { get; private init; }

    public bool Separates(uint round, int from, int to) =>
        (round < Groups.Count && Groups[(int)round][from] != Groups[(int)round][to]) || (round >= HiddenFrom && IsCut(from, to));

    /// <summary>True when two hosts cannot even exchange blocks.</summary>
    public bool IsCut(int from, int to) => IsHidden(from) != IsHidden(to);

    /// <summary>The chance that a message of some type and round is lost on its way to a host.</summary>
    public int LossOf(uint round, VoteType type, int to)
    {
        if (Hidden != 0 && round < HiddenFrom && type == VoteType.Commit && !IsHidden(to)) return CommitLossPercent;
        return round < Losses.Count ? Losses[(int)round][(int)type] : 0;
    }

    /// <summary><paramref name="apart"/>: pairs of hosts that run one key, and are best on different sides. <paramref name="hideable"/>: how many hosts leave a quorum when they are cut off.</summary>
    public static NetworkPlan Draw(Dice dice, int hosts, IReadOnlyList<(int First, int Second)> apart, int hideable)
    {
        ReadOnlySpan<int> delays = [2, 8, 25, 80];
        ReadOnlySpan<int> losses = [0, 0, 0, 10, 30];
        ReadOnlySpan<int> duplicates = [0, 0, 10];
        ReadOnlySpan<int> calms = [0, 150, 400, 800, 1_200];
        var calmAt = apart.Count > 0 ? dice.Pick(calms[1..]) : dice.Pick(calms);
        var groups = Enumerable.Range(0, dice.Below(MaxPartitionedRounds + 1)).Select(_ => Divide(dice, hosts, apart)).ToArray();
        var byType = Enumerable.Range(0, dice.Below(MaxPartitionedRounds)).Select(_ => Enumerable.Range(0, VoteTypes).Select(_ => LossOfType(dice)).ToArray()).ToArray();
        var plan = new NetworkPlan(dice.Pick(delays), dice.Pick(losses), dice.Pick(duplicates), (ulong)calmAt, groups, byType);
        return dice.Percent(40) ? plan.Hiding(dice, hosts, apart, hideable) : plan;
    }

    // One side decides and tells nobody: the others must come to the same decision by themselves, by what they prepared.
    private NetworkPlan Hiding(Dice dice, int hosts, IReadOnlyList<(int First, int Second)> apart, int hideable)
    {
        var hidden = 0ul;
        for (var i = dice.Between(1, hideable); i > 0; i--) hidden |= 1ul << dice.Below(hosts);
        foreach (var (first, second) in apart)
            if (dice.Percent(85)) hidden = (hidden | (1ul << first)) & ~(1ul << second);
        ReadOnlySpan<int> calms = [400, 800, 1_200];
        return this with
        {
            Hidden = hidden,
            HiddenFrom = (uint)dice.Between(1, 2),
            CalmAtMs = (ulong)dice.Pick(calms),
            LossPercent = dice.Percent(70) ? 0 : LossPercent,
            Groups = dice.Percent(70) ? [] : Groups,
            Losses = dice.Percent(70) ? [] : Losses,
        };
    }

    private bool IsHidden(int host) => (Hidden >> host & 1) != 0;

    private static int[] Divide(Dice dice, int hosts, IReadOnlyList<(int First, int Second)> apart)
    {
        var parts = dice.Percent(25) ? 1 : dice.Percent(80) ? 2 : 3;
        var groups = Enumerable.Range(0, hosts).Select(_ => dice.Below(parts)).ToArray();
        foreach (var (first, second) in apart)
            if (parts > 1 && groups[first] == groups[second] && dice.Percent(85))
                groups[second] = (groups[first] + 1) % parts;
        return groups;
    }

    private static int LossOfType(Dice dice) => dice.Percent(65) ? 0 : dice.Percent(50) ? 45 : 90;
}
