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

    public bool Separates(uint round, int from, int to) => round < Groups.Count && Groups[(int)round][from] != Groups[(int)round][to];

    public int LossOf(uint round, int type) => round < Losses.Count ? Losses[(int)round][type] : 0;

    /// <summary><paramref name="apart"/>: pairs of hosts that run one key, and are best on different sides.</summary>
    public static NetworkPlan Draw(Dice dice, int hosts, IReadOnlyList<(int First, int Second)> apart)
    {
        ReadOnlySpan<int> delays = [2, 8, 25, 80];
        ReadOnlySpan<int> losses = [0, 0, 0, 10, 30];
        ReadOnlySpan<int> duplicates = [0, 0, 10];
        ReadOnlySpan<int> calms = [0, 150, 400, 800, 1_200];
        var calmAt = apart.Count > 0 ? dice.Pick(calms[1..]) : dice.Pick(calms);
        var groups = Enumerable.Range(0, dice.Below(MaxPartitionedRounds + 1)).Select(_ => Divide(dice, hosts, apart)).ToArray();
        var byType = Enumerable.Range(0, dice.Below(MaxPartitionedRounds)).Select(_ => Enumerable.Range(0, VoteTypes).Select(_ => LossOfType(dice)).ToArray()).ToArray();
        return new NetworkPlan(dice.Pick(delays), dice.Pick(losses), dice.Pick(duplicates), (ulong)calmAt, groups, byType);
    }

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
