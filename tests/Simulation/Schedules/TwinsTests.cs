using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>
/// Twins (Bano et al., 2021), enumerated instead of drawn: every twin seat, hence every order of proposers, with every division of the hosts into two parts in each of the first rounds.
/// </summary>
public sealed class TwinsTests
{
    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(4, 3)]
    [Trait("Rule", "C-QUORUM")]
    public void No_division_of_the_network_lets_two_copies_of_one_key_fork_the_chain(int nodes, int rounds)
    {
        // A host of one part and the same hosts of the other are one division: the first host is always in part 0.
        var hosts = nodes + 1;
        var divisions = 1 << (hosts - 1);
        var bench = new Bench(nodes);
        for (var seat = 0; seat < nodes; seat++)
            for (var which = 0; which < (int)Math.Pow(divisions, rounds); which++)
            {
                var groups = Enumerable.Range(0, rounds).Select(round => Division(which / (int)Math.Pow(divisions, round) % divisions, hosts)).ToArray();
                var plan = new NetworkPlan(MaxDelayMs: 2, LossPercent: 0, DuplicatePercent: 0, CalmAtMs: 1_000, groups, Losses: []);
                var outcome = new ScheduleRun(new Schedule(1, nodes, [new FaultySeat(seat, [])], 1, plan), bench).Run();
                Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
            }
    }

    private static int[] Division(int bits, int hosts) => [.. Enumerable.Range(0, hosts).Select(host => host == 0 ? 0 : bits >> (host - 1) & 1)];
}
