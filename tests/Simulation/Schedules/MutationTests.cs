using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;
using LicenceChain.Simulation.Schedules.Mutations;

namespace LicenceChain.Simulation.Schedules;

/// <summary>No test that cannot fail: each bug that is planted around the state machine is found by the check that guards against it, within a bounded number of schedules.</summary>
public sealed class MutationTests
{
    private const ulong MaxSeeds = 3_000;

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void A_quorum_of_2f_plus_1_forks_a_chain_of_five_or_six(int nodes) => Finds("agreement", nodes, bench => new SmallQuorum(bench, (2 * bench.Set.FaultBound) + 1, bench.Set.Quorum, VoteType.Prepare, VoteType.Commit, VoteType.RoundChange));

    [Fact]
    public void A_lock_that_is_left_out_of_the_roundchange_forks_the_chain() => Finds("agreement", 4, bench => new DroppedLock(bench));

    [Fact]
    public void A_log_that_is_lost_unnoticed_makes_a_validator_vote_against_itself() => Finds("honesty", 4, _ => new ForgottenLog(isSeen: true));

    [Fact]
    public void A_log_that_is_lost_unnoticed_forks_the_chain() => Finds("agreement", 4, _ => new ForgottenLog(isSeen: false), change: schedule => schedule with { CrashPerMille = 60 });

    [Fact]
    public void Proposals_without_justification_fork_the_chain() => Finds("agreement", 4, bench => new UnjustifiedProposals(bench), "forged-round-changes");

    [Fact]
    public void Roots_that_nobody_compares_let_a_wrong_block_be_decided() => Finds("execution", 4, _ => new TrustedRoots(), "wrong-roots");

    [Fact]
    public void A_lock_that_is_never_given_up_stops_the_chain() => Finds("progress", 4, bench => new StayingLocked(bench));

    [Fact]
    public void A_round_jump_that_one_validator_can_cause_drags_the_others() => Finds("drag", 4, bench => new SmallQuorum(bench, 1, bench.Set.FaultBound + 1, VoteType.RoundChange), "huge-numbers");

    [Fact]
    public void Contradictions_that_are_not_reported_are_noticed() => Finds("evidence", 4, _ => new SwallowedEvidence());

    private static void Finds(string promise, int nodes, Func<Bench, Mutation> plant, string? strategy = null, Func<Schedule, Schedule>? change = null)
    {
        var bench = new Bench(nodes);
        for (ulong seed = 0; seed < MaxSeeds; seed++)
        {
            var schedule = Schedule.Draw(seed, nodes, strategy);
            if (new ScheduleRun(change?.Invoke(schedule) ?? schedule, bench, plant(bench)).Run().Promise == promise) return;
        }

        Assert.Fail($"{MaxSeeds} schedules did not find it.");
    }
}
