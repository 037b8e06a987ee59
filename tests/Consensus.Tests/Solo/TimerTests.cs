using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-TIMER: when a round is timed, and for how long.</summary>
public sealed class TimerTests
{
    [Fact]
    public void C_TIMER_an_idle_chain_times_nothing_but_its_heartbeat()
    {
        var solo = new SoloValidator();
        var armed = Assert.Single(solo.Outputs.OfType<ArmTimer>());
        Assert.Equal(new ConsensusTimer(ConsensusTimerKind.Heartbeat, new Height(1), default), armed.Timer);
        Assert.Equal(50_000ul, armed.DelayMs);
    }

    [Fact]
    public void C_TIMER_a_held_transaction_arms_round_0_once()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));
        solo.Feed(new WorkAvailable(solo.Now));
        Assert.Equal(1_000ul, Assert.Single(solo.Outputs.OfType<ArmTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Round).DelayMs);
    }

    [Fact]
    public void C_TIMER_a_heartbeat_makes_the_proposer_build_and_the_others_wait_for_it()
    {
        var heartbeat = new ConsensusTimer(ConsensusTimerKind.Heartbeat, new Height(1), default);
        var proposer = new SoloValidator(seat: 1);
        proposer.Feed(new TimerFired(proposer.Now, heartbeat));
        Assert.Single(proposer.Outputs.OfType<BuildBlock>());

        var other = new SoloValidator(seat: 0);
        other.Feed(new TimerFired(other.Now, heartbeat));
        Assert.Empty(other.Outputs.OfType<BuildBlock>());
        Assert.Contains(other.Outputs.OfType<ArmTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Round);
    }

    [Fact]
    public void C_TIMER_times_that_governance_changed_hold_from_the_next_height_on()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        solo.Forget();
        solo.Feed(new HeightDecided(solo.Now, block.Header, solo.Set) { Options = new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 300, HeartbeatMs: 700) });
        solo.Feed(new WorkAvailable(solo.Now));
        Assert.Equal([700ul, 300ul], solo.Outputs.OfType<ArmTimer>().Where(t => t.Timer.Kind != ConsensusTimerKind.Resend).Select(t => t.DelayMs));
    }

    [Fact]
    public void C_TIMER_each_round_lasts_twice_the_last_up_to_a_minute()
    {
        var options = new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 2_000);
        ulong[] expected = [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
        Assert.Equal(expected, Enumerable.Range(0, 7).Select(r => options.TimeoutOf(new Round((uint)r))));
        Assert.Equal(60_000ul, options.TimeoutOf(new Round(uint.MaxValue)));
    }

    [Fact]
    public void C_TIMER_a_later_round_is_timed_once_a_quorum_asks_for_it_or_beyond()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));
        solo.TimeOut();
        solo.Forget();
        solo.Receive(solo.Forge.RoundChange(1, 1));
        Assert.Empty(solo.Outputs.OfType<ArmTimer>());
        solo.Receive(solo.Forge.RoundChange(2, 4));
        Assert.Equal(2_000ul, Assert.Single(solo.Outputs.OfType<ArmTimer>()).DelayMs);
    }

    [Fact]
    public void C_TIMER_a_later_round_is_timed_once_its_proposal_is_accepted()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(round: 1), 1, solo.Forge.RoundChanges(1, by: [1, 2, 3])));
        Assert.Contains(solo.Outputs.OfType<ArmTimer>(), t => t.Timer == new ConsensusTimer(ConsensusTimerKind.Round, new Height(1), new Round(1)));
    }

    [Fact]
    public void A_timer_that_fires_late_is_ignored()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));
        solo.TimeOut();
        Assert.Equal(1u, solo.Machine.Round.Value);
        solo.Feed(new TimerFired(solo.Now, new ConsensusTimer(ConsensusTimerKind.Round, new Height(1), default)));
        Assert.Equal(1u, solo.Machine.Round.Value);
    }

    [Fact]
    public void An_observer_times_no_rounds()
    {
        var solo = new SoloValidator(seat: null);
        solo.Feed(new WorkAvailable(solo.Now));
        Assert.DoesNotContain(solo.Outputs.OfType<ArmTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Round);
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused_at_start()
    {
        Assert.Throws<ArgumentException>(() => new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 0).Validate());
        Assert.Throws<ArgumentException>(() => new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 10, MaxRoundTimeoutMs: 9).Validate());
    }
}
