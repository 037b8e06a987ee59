using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-QUORUM, C-CERT: when a block is decided.</summary>
public sealed class CommitTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public void C_QUORUM_q_commits_decide_and_one_fewer_does_not(int n)
    {
        var solo = new SoloValidator(n, seat: null);
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        solo.Receive(Enumerable.Range(0, solo.Set.Quorum - 1).Select(i => solo.Forge.Commit(i, 0, block)));
        Assert.Empty(solo.Outputs.OfType<Decide>());
        solo.Receive(solo.Forge.Commit(solo.Set.Quorum - 1, 0, block));
        var decided = Assert.Single(solo.Outputs.OfType<Decide>());
        Assert.Equal(block.Header.Digest, decided.Block.Header.Digest);

        // C-CERT: the certificate verifies by itself.
        Assert.True(decided.Certificate.Verify(TestKeys.Chain, solo.Set));
        Assert.Equal(solo.Set.Quorum, decided.Certificate.Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public void C_QUORUM_q_prepares_prepare_and_one_fewer_does_not(int n)
    {
        var solo = new SoloValidator(n);
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        solo.Receive(Enumerable.Range(1, solo.Set.Quorum - 2).Select(i => solo.Forge.Prepare(i, 0, block)));
        Assert.Empty(solo.Votes(VoteType.Commit));
        solo.Receive(solo.Forge.Prepare(solo.Set.Quorum - 1, 0, block));
        Assert.Single(solo.Votes(VoteType.Commit));
    }

    [Fact]
    public void Commits_split_over_two_rounds_are_not_added_up_and_do_not_block_the_height()
    {
        // dBFT 2's liveness lock: some committed in round 0, the others went on; nobody may refuse to vote again.
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        solo.Receive(solo.Forge.Commit(1, 0, block));
        solo.TimeOut();
        solo.Receive(solo.Forge.Commit(2, 1, block));
        Assert.Empty(solo.Outputs.OfType<Decide>());

        var claim = solo.Forge.Prepared(block, 0);
        var changes = solo.Forge.RoundChanges(1, new Dictionary<int, Forge.Claim> { [0] = claim }, [0, 2, 3]);
        solo.Receive(solo.Forge.Proposal(block, 1, changes, claim.Prepares));
        solo.Receive(solo.Forge.Prepare(2, 1, block), solo.Forge.Prepare(3, 1, block));
        Assert.Contains(solo.Votes(VoteType.Commit), v => v.Round == 1);
        solo.Receive(solo.Forge.Commit(3, 1, block));
        Assert.Equal(1u, Assert.Single(solo.Outputs.OfType<Decide>()).Certificate.Round.Value);
    }

    [Fact]
    public void Commits_of_any_one_round_decide_even_one_that_has_passed()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        solo.TimeOut();
        solo.Receive(solo.Forge.Commit(1, 0, block), solo.Forge.Commit(2, 0, block));
        Assert.Equal(0u, Assert.Single(solo.Outputs.OfType<Decide>()).Certificate.Round.Value);
    }

    [Fact]
    public void C_SYNC_a_quorum_for_a_block_not_held_asks_for_it_and_decides_when_it_comes()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        solo.Receive(Enumerable.Range(1, 3).Select(i => solo.Forge.Commit(i, 0, block)));
        Assert.Equal(new RequestSync(new Height(1)), Assert.Single(solo.Outputs.OfType<RequestSync>()));
        solo.ResendTick();
        Assert.Equal(2, solo.Outputs.OfType<RequestSync>().Count());
        solo.Receive(solo.Forge.Proposal(block, 0));
        Assert.Single(solo.Outputs.OfType<Decide>());
    }

    [Fact]
    public void Votes_that_come_before_their_proposal_count()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        solo.Receive(solo.Forge.Prepare(1, 0, block), solo.Forge.Prepare(2, 0, block));
        solo.Receive(solo.Forge.Proposal(block, 0));
        Assert.Single(solo.Votes(VoteType.Commit));
    }

    [Fact]
    public void Nothing_more_is_signed_between_the_decision_and_the_next_height()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        solo.Receive(solo.Forge.Commit(1, 0, block), solo.Forge.Commit(2, 0, block));
        solo.Forget();
        solo.Receive(solo.Forge.RoundChange(1, 4), solo.Forge.RoundChange(2, 4));
        Assert.Empty(solo.Sent);
        solo.Feed(new HeightDecided(solo.Now, block.Header, solo.Set));
        Assert.Equal(2ul, solo.Machine.Height.Value);
        Assert.Equal(0u, solo.Machine.Round.Value);
    }
}
