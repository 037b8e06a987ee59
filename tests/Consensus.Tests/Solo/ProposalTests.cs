using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-JUSTIFIED, C-FRESH, C-PROPOSER, C-HEADER: which proposals are voted for. At height 1 of four, validator 1 proposes round 0, 2 round 1, 3 round 2, 0 round 3.</summary>
public sealed class ProposalTests
{
    [Fact]
    public void A_fresh_proposal_of_round_0_is_executed_then_prepared()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        Assert.Equal(block.Header.Digest, Assert.Single(solo.Outputs.OfType<ExecuteBlock>()).Block.Header.Digest);
        Assert.Equal(block.Header.Digest, Hash256.From(Assert.Single(solo.Votes(VoteType.Prepare)).Digest.Span));
    }

    [Theory]
    [InlineData(5_001)]
    [InlineData(-5_001)]
    public void C_FRESH_a_fresh_block_beyond_the_drift_is_not_voted_for(long agoMs)
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(agoMs: agoMs), 0));
        Assert.Empty(solo.Outputs.OfType<ExecuteBlock>());
        Assert.Empty(solo.Log);
    }

    [Fact]
    public void C_FRESH_a_block_not_after_its_parent_is_not_voted_for()
    {
        var solo = new SoloValidator { Now = TestBlocks.GenesisTime };
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Log);
    }

    [Fact]
    public void C_FRESH_a_block_built_by_another_than_the_rounds_proposer_is_not_voted_for()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(round: 1), 0));
        Assert.Empty(solo.Log);
    }

    [Fact]
    public void C_FRESH_a_block_on_another_parent_is_not_voted_for()
    {
        var solo = new SoloValidator();
        var stranger = TestBlocks.Above(TestBlocks.Above(solo.Genesis, solo.Set, default, solo.Now, 9).Header, solo.Set, default, solo.Now.Plus(1), 1);
        Assert.False(LicenceChain.Consensus.Rules.ProposalRules.Extends(stranger, solo.Genesis));
    }

    [Fact]
    public void Drift_is_not_checked_again_on_re_proposal()
    {
        // FISCO BCOS #4123: a prepared block re-proposed minutes later was refused for its age, for ever.
        var solo = new SoloValidator();
        var block = solo.Block();
        var claim = solo.Forge.Prepared(block, 0);
        solo.Now = solo.Now.Plus(600_000);
        var changes = solo.Forge.RoundChanges(1, new Dictionary<int, Forge.Claim> { [1] = claim }, [1, 2, 3]);
        solo.Receive(solo.Forge.Proposal(block, 1, changes, claim.Prepares));
        Assert.Equal(1u, solo.Machine.Round.Value);
        Assert.Equal(block.Header.Digest, Hash256.From(Assert.Single(solo.Votes(VoteType.Prepare)).Digest.Span));
    }

    [Fact]
    public void C_JUSTIFIED_a_new_block_in_a_later_round_needs_q_roundchanges_and_freshness()
    {
        var solo = new SoloValidator();
        var stale = solo.Block(round: 1, agoMs: 6_000);
        solo.Receive(solo.Forge.Proposal(stale, 1, solo.Forge.RoundChanges(1, by: [1, 2, 3])));
        Assert.Empty(solo.Votes(VoteType.Prepare));

        var fresh = new SoloValidator();
        var block = fresh.Block(round: 1);
        fresh.Receive(fresh.Forge.Proposal(block, 1, fresh.Forge.RoundChanges(1, by: [1, 2, 3])));
        Assert.Single(fresh.Votes(VoteType.Prepare), v => v.Round == 1);
    }

    [Fact]
    public void Only_the_first_proposal_of_a_round_is_accepted()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Proposal(solo.Block(salt: 1), 0), solo.Forge.Proposal(solo.Block(salt: 2), 0));
        Assert.Single(solo.Votes(VoteType.Prepare));
    }

    [Fact]
    public void The_proposer_of_round_0_builds_when_there_is_work_and_proposes_what_was_built()
    {
        var solo = new SoloValidator(seat: 1);
        Assert.Empty(solo.Outputs.OfType<BuildBlock>());
        solo.Feed(new Inputs.WorkAvailable(solo.Now));
        Assert.Equal(new BuildBlock(new Height(1), default), Assert.Single(solo.Outputs.OfType<BuildBlock>()));
        var block = solo.Block();
        solo.Feed(new Inputs.BlockBuilt(solo.Now, new Height(1), default, block));
        Assert.Single(solo.Votes(VoteType.Proposal));
        Assert.Single(solo.Votes(VoteType.Prepare));
        Assert.Empty(solo.Outputs.OfType<ExecuteBlock>());
    }

    [Fact]
    public void A_block_built_for_a_round_that_has_passed_is_not_proposed()
    {
        var solo = new SoloValidator(seat: 1);
        solo.Feed(new Inputs.WorkAvailable(solo.Now));
        solo.TimeOut();
        solo.Feed(new Inputs.BlockBuilt(solo.Now, new Height(1), default, solo.Block()));
        Assert.Empty(solo.Votes(VoteType.Proposal));
    }

    [Fact]
    public void C_ALARM_a_proposer_whose_own_block_is_not_fresh_says_that_its_clock_is_off()
    {
        var solo = new SoloValidator(seat: 1);
        solo.Feed(new Inputs.WorkAvailable(solo.Now));
        solo.Feed(new Inputs.BlockBuilt(solo.Now, new Height(1), default, solo.Block(agoMs: -60_000)));
        Assert.Empty(solo.Votes(VoteType.Proposal));
        Assert.Contains(AlarmReason.ClockSkew, solo.Alarms);
    }

    [Fact]
    public void The_proposer_of_a_later_round_re_proposes_the_block_prepared_in_the_highest_round()
    {
        var solo = new SoloValidator(seat: 0);
        var older = solo.Forge.Prepared(solo.Block(salt: 1), 0);
        var newer = solo.Forge.Prepared(solo.Block(round: 1, salt: 2), 1);
        solo.Receive(solo.Forge.RoundChange(1, 3, older), solo.Forge.RoundChange(2, 3, newer));
        Assert.Equal(3u, solo.Machine.Round.Value);
        var proposal = Assert.Single(solo.Sent, m => m.Proposal is not null).Proposal;
        Assert.Equal(newer.Block.Bytes.ToArray(), proposal.Block.ToByteArray());
        Assert.Equal(3, proposal.RoundChanges.Count);
        Assert.Equal(3, proposal.Prepares.Count);
        Assert.Empty(solo.Outputs.OfType<BuildBlock>());
    }

    [Fact]
    public void A_claim_that_comes_while_a_new_block_is_built_does_not_spoil_its_justification()
    {
        var solo = new SoloValidator(seat: 2);
        solo.Receive(solo.Forge.RoundChange(1, 1), solo.Forge.RoundChange(3, 1));
        Assert.Single(solo.Outputs.OfType<BuildBlock>());
        solo.Receive(solo.Forge.RoundChange(0, 1, solo.Forge.Prepared(solo.Block(), 0)));
        solo.Feed(new Inputs.BlockBuilt(solo.Now, new Height(1), new Round(1), solo.Block(round: 1)));
        var own = Assert.Single(solo.Outputs.OfType<Broadcast>(), b => ConsensusMessage.Parser.ParseFrom(b.Message.Span).Proposal is not null);
        Assert.True(LicenceChain.Consensus.Messages.MessageVerifier.TryVerify(own.Message, TestKeys.Chain, new Height(1), solo.Set, out _, out var reason), reason);
    }

    [Fact]
    public void An_invalid_block_gets_no_vote_and_an_alarm()
    {
        var solo = new SoloValidator(execute: _ => BlockVerdict.Invalid("transaction 3: replayed"));
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Log);
        Assert.Contains(new RaiseAlarm(AlarmReason.InvalidProposal, "transaction 3: replayed"), solo.Outputs);
    }

    [Fact]
    public void C_HEADER_the_vote_names_the_sm3_of_the_header_bytes_and_the_header_knows_no_round()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        Assert.Equal(Sm3.Hash(block.Header.Bytes.Span), block.Header.Digest);
        Assert.DoesNotContain(BlockHeaderMessage.Descriptor.Fields.InDeclarationOrder(), f => f.Name.Contains("round", StringComparison.Ordinal));
    }
}
