using LicenceChain.Consensus.Inputs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-ALARM: what the state machine says that a height waits for.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class StandingTests
{
    [Fact]
    public void A_height_without_work_waits_for_work()
    {
        Assert.Equal(StandingWait.Work, new SoloValidator().Machine.Standing.Wait);
    }

    [Fact]
    public void With_work_it_waits_for_the_proposer_and_names_it()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));

        AssertStands(solo, StandingWait.Proposal, have: 0, needed: 1, missing: [1]);
    }

    [Fact]
    public void With_a_proposal_it_waits_for_prepares_then_for_commits_and_names_the_silent()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        AssertStands(solo, StandingWait.Prepares, have: 1, needed: 3, missing: [1, 2, 3]);

        solo.Receive(solo.Forge.Prepare(1, 0, block), solo.Forge.Prepare(3, 0, block));
        AssertStands(solo, StandingWait.Commits, have: 1, needed: 3, missing: [1, 2, 3]);
    }

    [Fact]
    public void In_a_later_round_it_waits_for_those_who_have_not_asked_for_it()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));
        solo.TimeOut();
        solo.Receive(solo.Forge.RoundChange(2, 1));

        AssertStands(solo, StandingWait.RoundChanges, have: 2, needed: 3, missing: [1, 3]);
    }

    [Fact]
    public void A_proposal_that_diverges_here_leaves_only_the_next_round()
    {
        var solo = new SoloValidator(execute: _ => BlockVerdict.Diverged("root"));
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));

        Assert.Equal(StandingWait.NextRound, solo.Machine.Standing.Wait);
    }

    [Fact]
    public void A_decided_height_whose_block_is_not_held_waits_for_the_block()
    {
        var solo = new SoloValidator();
        solo.Receive(Enumerable.Range(1, 3).Select(i => solo.Forge.Commit(i, 0, solo.Block())));

        Assert.Equal(StandingWait.Block, solo.Machine.Standing.Wait);
    }

    [Fact]
    public void A_proposal_an_hour_from_the_clock_here_is_told_as_a_wrong_clock_and_not_voted_for()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(agoMs: -3_600_000), 0));

        Assert.Equal([AlarmReason.ClockSkew], solo.Alarms);
        Assert.Empty(solo.Sent);
    }

    [Fact]
    public void A_proposal_that_was_sent_again_until_it_was_old_is_no_wrong_clock()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(agoMs: 5_500), 0)); // 5 s of drift and 1 s of round are allowed

        Assert.Empty(solo.Alarms);
        Assert.Empty(solo.Sent);
    }

    private static void AssertStands(SoloValidator solo, StandingWait wait, int have, int needed, int[] missing)
    {
        var standing = solo.Machine.Standing;
        Assert.Equal((wait, have, needed), (standing.Wait, standing.Have, standing.Needed));
        Assert.Equal(missing, standing.Missing);
    }
}
