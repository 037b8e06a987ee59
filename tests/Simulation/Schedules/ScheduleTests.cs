using System.Globalization;
using LicenceChain.Simulation.Schedules.Adversaries;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>C-QUORUM, C-JUSTIFIED, C-RC-VALID, C-JUMP, C-WAL, C-EVIDENCE against up to f liars and twins at every size. A failing seed is printed with its schedule.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<int, int> Sizes => new() { { 4, 4_000 }, { 5, 3_000 }, { 6, 2_000 }, { 7, 1_500 }, { 10, 500 }, { 13, 250 } };

    [Theory]
    [Trait("Rule", "C-QUORUM")]
    [MemberData(nameof(Sizes))]
    public void Up_to_f_liars_neither_fork_nor_stop_the_chain_and_each_is_named(int nodes, int count)
    {
        var worker = new Worker(nodes, null);
        Pass(worker, 0, count);
        Assert.True(worker.Facts.Evidence > 0 && worker.Facts.Lies > 0 && worker.Facts.LateDecisions > 0, "The liars did nothing worth a test.");
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(4, "random-lies")]
    [InlineData(6, "equivocating-proposals+equivocating-votes")]
    [InlineData(7, "equivocating-proposals+equivocating-votes")]
    public void One_liar_more_than_f_does_fork_the_chain(int nodes, string? strategy)
    {
        // The simulation can see a fork: otherwise the tests above would prove nothing. (Of five, it takes three liars: two quorums of four share three.)
        var worker = new Worker(nodes, strategy);
        for (ulong seed = 0; seed < 2_000; seed++)
            if (worker.Run(seed, beyondBound: 1).Promise == "agreement")
                return;
        Assert.Fail("f + 1 liars never forked the chain: the simulation is blind.");
    }

    [Fact]
    public void A_seed_gives_the_same_run_in_any_order_and_with_a_trace_too()
    {
        var first = new Worker(null, null);
        var hashes = Enumerable.Range(0, 60).Select(seed => first.Run((ulong)seed).Hash).ToList();
        var second = new Worker(null, null);
        for (var seed = hashes.Count - 1; seed >= 0; seed--)
            Assert.Equal(hashes[seed].ToString("x16", CultureInfo.InvariantCulture), second.Run((ulong)seed, trace: []).Hash.ToString("x16", CultureInfo.InvariantCulture));
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void What_is_remembered_between_schedules_and_when_it_is_forgotten_changes_no_run()
    {
        // The check of floods once counted a message twice, when the table of messages had started anew in the middle of a run.
        var (remembering, forgetful) = (new Bench(4), new Bench(4, maxMessageBytes: 2_000));
        for (ulong seed = 0; seed < 25; seed++)
        {
            var schedule = Schedule.Draw(seed, 4, Floods.StrategyName);
            var outcome = new ScheduleRun(schedule, forgetful).Run();
            Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
            Assert.Equal(new ScheduleRun(schedule, remembering).Run().Hash, outcome.Hash);
        }

        Assert.True(forgetful.Verifications > remembering.Verifications, "Nothing was forgotten.");
    }

    private static void Pass(Worker worker, ulong from, int count)
    {
        for (var seed = from; seed < from + (ulong)count; seed++)
        {
            var outcome = worker.Run(seed);
            Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
        }
    }
}
