using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-JUMP, C-RC-VALID and the round change itself.</summary>
public sealed class RoundChangeTests
{
    [Fact]
    public void A_huge_round_number_from_one_node_drags_nobody()
    {
        // C-JUMP; FISCO BCOS #2211, #2312.
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.RoundChange(3, ConsensusLimits.MaxRound));
        Assert.Equal(0u, solo.Machine.Round.Value);

        // With one correct validator at round 2, f+1 ask for more: the smallest of them counts.
        solo.Receive(solo.Forge.RoundChange(2, 2));
        Assert.Equal(2u, solo.Machine.Round.Value);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(10)]
    public void C_JUMP_takes_f_plus_one_and_no_fewer(int n)
    {
        var solo = new SoloValidator(n);
        var f = solo.Set.FaultBound;
        solo.Receive(Enumerable.Range(1, f).Select(i => solo.Forge.RoundChange(i, 5)));
        Assert.Equal(0u, solo.Machine.Round.Value);
        solo.Receive(solo.Forge.RoundChange(f + 1, 4));
        Assert.Equal(4u, solo.Machine.Round.Value);
        Assert.Single(solo.Votes(VoteType.RoundChange), v => v.Round == 4);
    }

    [Fact]
    public void A_timeout_sends_a_roundchange_with_the_prepared_block_and_its_certificate()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        solo.TimeOut();
        var change = Assert.Single(solo.Sent, m => m.RoundChange is not null).RoundChange;
        Assert.Equal(1u, change.Vote.Round);
        Assert.Equal(1u, change.Vote.PreparedRoundPlusOne);
        Assert.Equal(block.Bytes.ToArray(), change.Block.ToByteArray());
        Assert.Equal(solo.Set.Quorum, change.Prepares.Count);
    }

    [Fact]
    public void Two_values_locked_in_two_rounds_still_come_to_one_decision()
    {
        // IBFT 1's unlock: this node is prepared on A in round 0, others on B in round 1; nobody may stay locked for ever.
        var solo = new SoloValidator();
        var a = solo.PrepareInRound0();
        var b = solo.Forge.Prepared(solo.Block(round: 1, salt: 2), 1, [1, 2, 3]);
        solo.TimeOut();
        solo.OthersReach(1);
        solo.TimeOut();

        // The proposer of round 2 shows that B was prepared after A: voting for B is right.
        var changes = solo.Forge.RoundChanges(2, new Dictionary<int, Forge.Claim> { [0] = solo.Forge.Prepared(a, 0), [3] = b }, [0, 2, 3]);
        solo.Receive(solo.Forge.Proposal(b.Block, 2, changes, b.Prepares));
        Assert.Contains(solo.Votes(VoteType.Prepare), v => v.Round == 2 && Hash256.From(v.Digest.Span) == b.Block.Header.Digest);
        solo.Receive(solo.Forge.Prepare(1, 2, b.Block), solo.Forge.Prepare(3, 2, b.Block));
        solo.Receive(solo.Forge.Commit(1, 2, b.Block), solo.Forge.Commit(3, 2, b.Block));
        Assert.Equal(b.Block.Header.Digest, Assert.Single(solo.Outputs.OfType<Outputs.Decide>()).Block.Header.Digest);
    }

    [Fact]
    public void A_vote_of_a_round_that_has_passed_changes_nothing()
    {
        var solo = new SoloValidator();
        solo.Feed(new Inputs.WorkAvailable(solo.Now));
        solo.TimeOut();
        solo.Forget();
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Votes(VoteType.Prepare));
    }

    [Fact]
    public void C_RC_VALID_a_roundchange_for_a_huge_round_is_refused_before_it_is_held()
    {
        var solo = new SoloValidator();
        var bytes = solo.Forge.RoundChange(1, ConsensusLimits.MaxRound + 1);
        Assert.False(LicenceChain.Consensus.Messages.MessageVerifier.TryVerify(bytes, Cluster.TestKeys.Chain, new Height(1), solo.Set, out _, out var reason));
        Assert.Equal("vote", reason);
    }
}
