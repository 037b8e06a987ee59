using LicenceChain.Consensus;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Published failures of other chains, played through among whole sets of validators. Those of a single validator stand with the tests of the state machine.</summary>
public sealed class KnownFailureTests
{
    private static readonly NetworkPlan Quick = new(MaxDelayMs: 4, LossPercent: 0, DuplicatePercent: 0, CalmAtMs: 2_000, Groups: [], Losses: []);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public void Two_values_locked_and_neither_decided_come_to_one_decision(int n)
    {
        // IBFT 1: host 1 alone is prepared on the block of round 0; the others on that of round 1, without it; no Commit arrives.
        var run = Play(n, (message, from, to) => message?.Vote is { } vote && (vote.Type, vote.Round) switch
        {
            (VoteType.Commit, _) => false,
            (VoteType.Prepare, 0) => to == 1,
            (_, 0) => true,
            (VoteType.Prepare, 1) => from != 1 && to != 1,
            (VoteType.RoundChange, 1) => from != 1,
            (_, 1) => to != 1,
            _ => false,
        });
        Assert.Equal(2, DigestsCommittedTo(run).Count);
        Assert.Equal(0, run.Facts.EarlyDecisions);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public void Commits_split_over_two_rounds_lock_nobody_out(int n)
    {
        // dBFT 2: in round 0 too few commit for a decision, then the others change the round; who committed must not wait for ever.
        var committers = (((2 * n) + 2) / 3) - 1;
        var run = Play(n, (message, _, to) => message?.Vote is { } vote && (vote.Type, vote.Round) switch
        {
            (VoteType.Prepare, 0) => to < committers,
            (VoteType.Commit, _) => true,
            (_, 0) => true,
            (VoteType.RoundChange, 1) => true,
            _ => false,
        });
        Assert.Equal(0, run.Facts.EarlyDecisions);
        Assert.Single(DigestsCommittedTo(run));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void A_block_prepared_long_ago_is_still_decided(int n)
    {
        // FISCO BCOS #4123: prepared in round 0, re-proposed an hour later, far beyond the drift; refused for its age, it would be locked for ever.
        const ulong hour = 3_600_000;
        var run = new ScheduleRun(new Schedule(1, n, [], 1, Quick with { CalmAtMs = hour }), new Bench(n)) { Lets = (message, _, _) => message?.Vote is { Round: 0, Type: not VoteType.Commit } };
        Pass(run);
        Assert.Single(DigestsCommittedTo(run));
        Assert.All(run.Hosts, host => Assert.Equal(run.CommitsBeforeCalm[0].Digest.Span, host!.Disk.Head.Digest.Span));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void A_huge_round_from_f_validators_drags_nobody_and_stops_nobody(int n)
    {
        // FISCO BCOS #2211, #2312.
        for (ulong seed = 0; seed < 100; seed++)
            Pass(new ScheduleRun(Schedule.Draw(seed, n, "huge-numbers"), new Bench(n)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void One_key_on_two_hosts_forks_nothing_and_stops_voting_once_they_hear_each_other(int n)
    {
        // FISCO BCOS #3617.
        var bench = new Bench(n);
        var schedule = new Schedule(1, n, [new FaultySeat(2, [])], 3, Quick with { CalmAtMs = 0 }) { TwinsHear = true };
        var run = new ScheduleRun(schedule, bench);
        Pass(run);
        Assert.NotEqual(0u, run.Facts.Alarms & (1u << (int)AlarmReason.KeyInUseElsewhere));
        Assert.Contains(run.Hosts, host => host!.Seat == 2 && host.Machine!.Abstains == AlarmReason.KeyInUseElsewhere);
    }

    private static ScheduleRun Play(int n, Func<Known?, int, int, bool> lets)
    {
        var run = new ScheduleRun(new Schedule(1, n, [], 1, Quick), new Bench(n)) { Lets = lets };
        Pass(run);
        return run;
    }

    private static void Pass(ScheduleRun run)
    {
        var outcome = run.Run();
        Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
    }

    private static HashSet<Google.Protobuf.ByteString> DigestsCommittedTo(ScheduleRun run) =>
        [.. run.CommitsBeforeCalm.Select(vote => vote.Digest)];
}
