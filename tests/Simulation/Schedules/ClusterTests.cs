using LicenceChain.Consensus;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Adversaries;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Correct validators only, on networks made by hand: C-QUORUM, C-WAL, C-RESTART, C-SYNC, C-JUMP, C-CERT at work together.</summary>
public sealed class ClusterTests
{
    private const uint BadAlarms = (1u << (int)AlarmReason.ConflictingVote) | (1u << (int)AlarmReason.KeyInUseElsewhere) | (1u << (int)AlarmReason.LogLost);

    private static readonly NetworkPlan Calm = new(MaxDelayMs: 8, LossPercent: 0, DuplicatePercent: 0, CalmAtMs: 0, Groups: [], Losses: []);

    public static TheoryData<int> Sizes => [4, 5, 6, 7, 10];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_good_day_decides_in_round_0_without_alarm_or_evidence(int n)
    {
        var facts = Pass(new Schedule(1, n, [], 6, Calm)).Facts;
        Assert.Equal(0u, facts.MaxRound);
        Assert.Equal(0u, facts.Alarms);
        Assert.Equal(0, facts.Evidence);
    }

    [Fact]
    public void A_hundred_validators_decide_in_round_0() => Assert.Equal(0u, Pass(new Schedule(1, 100, [], 1, Calm)).Facts.MaxRound);

    [Theory]
    [MemberData(nameof(Sizes))]
    [Trait("Rule", "C-QUORUM")]
    public void Without_a_quorum_nothing_is_decided_and_when_it_returns_everything_is(int n)
    {
        var cut = n - (((2 * n) + 2) / 3) + 1;
        var run = Run(new Schedule(2, n, [], 4, Calm with { CalmAtMs = 3_000 }), (_, _, from, to) => from < cut == to < cut);
        var facts = Passed(run).Facts;
        Assert.Equal(0, facts.EarlyDecisions);
        Assert.Equal(0, facts.Evidence);
        Assert.NotEqual(0u, facts.Alarms & (1u << (int)AlarmReason.PeersMissing));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Loss_duplication_and_reordering_delay_decisions_but_never_split_them(int n)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var facts = Pass(new Schedule(seed, n, [], 4, new NetworkPlan(MaxDelayMs: 60, LossPercent: 15, DuplicatePercent: 15, CalmAtMs: 20_000, Groups: [], Losses: []))).Facts;
            Assert.Equal(0u, facts.Alarms & BadAlarms);
            Assert.Equal(0, facts.Evidence);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    [Trait("Rule", "C-WAL")]
    public void Crashes_at_any_point_with_the_log_kept_never_make_a_node_vote_against_itself(int n)
    {
        var crashes = 0L;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var plan = new NetworkPlan(MaxDelayMs: 20, LossPercent: 5, DuplicatePercent: 5, CalmAtMs: 5_000, Groups: [], Losses: []);
            var facts = Pass(new Schedule(seed, n, [], 4, plan) { CrashPerMille = 12 }).Facts;
            Assert.Equal(0u, facts.Alarms & BadAlarms);
            crashes += facts.Crashes;
        }

        Assert.True(crashes > 20, "Nothing crashed.");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    [Trait("Rule", "C-RESTART")]
    public void A_validator_that_lost_its_log_observes_and_the_others_go_on(int n)
    {
        var run = Run(new Schedule(3, n, [], 8, Calm with { MaxDelayMs = 25 }) { LosesLog = 1 }, null);
        Assert.Equal(1, Passed(run).Facts.Crashes);
        Assert.Equal(AlarmReason.LogLost, run.Hosts[1]!.Machine!.Abstains);
        Assert.Empty(run.Hosts[1]!.Disk.Log);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void Commits_that_reach_only_one_node_are_made_good_by_blocks_and_certificates()
    {
        var run = Run(new Schedule(4, 4, [], 3, Calm with { CalmAtMs = 20_000 }), (_, message, _, to) => message?.Vote!.Type != VoteType.Commit || to == 0);
        Assert.Equal(3, Passed(run).Facts.EarlyDecisions);
    }

    [Fact]
    [Trait("Rule", "C-JUMP")]
    public void Validators_that_waited_alone_for_long_agree_on_a_round_as_soon_as_they_meet()
    {
        // One of four is dead and the rest are parted, one of them for longer: with a longest timeout that all reach, rounds
        // counted alone would stay apart for ever, because a single validator ahead moves nobody.
        var schedule = new Schedule(5, 4, [new FaultySeat(3, ["silence"])], 2, Calm with { CalmAtMs = 12_000 });
        Passed(Run(schedule, (run, _, from, to) => run.NowMs >= 6_000 && from != 0 && to != 0));
    }

    private static ScheduleOutcome Pass(Schedule schedule) => Passed(Run(schedule, null));

    private static ScheduleRun Run(Schedule schedule, Func<ScheduleRun, Known?, int, int, bool>? lets)
    {
        ScheduleRun? run = null;
        return run = new ScheduleRun(schedule, new Bench(schedule.Nodes)) { Lets = lets is null ? null : (message, from, to) => lets(run!, message, from, to) };
    }

    private static ScheduleOutcome Passed(ScheduleRun run)
    {
        var outcome = run.Run();
        Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
        return outcome;
    }
}
