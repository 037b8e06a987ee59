using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-EVIDENCE: both kinds, once each, and never against a correct validator.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public void C_EVIDENCE_1_two_votes_of_one_type_height_and_round()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Prepare(2, 0, solo.Block(salt: 1)), solo.Forge.Prepare(2, 0, solo.Block(salt: 2)), solo.Forge.Prepare(2, 0, solo.Block(salt: 3)));
        var evidence = Assert.Single(solo.Outputs.OfType<ReportEvidence>()).Evidence;
        Assert.Equal(2u, evidence.First.Validator);
        Assert.NotEqual(evidence.First.Digest, evidence.Second.Digest);
    }

    [Fact]
    public void C_EVIDENCE_1_a_vote_quoted_in_somebody_elses_proof_counts()
    {
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Prepare(2, 0, solo.Block(salt: 1)));
        solo.Receive(solo.Forge.RoundChange(3, 1, solo.Forge.Prepared(solo.Block(salt: 2), 0, [1, 2, 3])));
        Assert.Equal(2u, Assert.Single(solo.Outputs.OfType<ReportEvidence>()).Evidence.First.Validator);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void C_EVIDENCE_2_a_commit_and_a_later_roundchange_that_forgot_it(bool commitFirst)
    {
        var solo = new SoloValidator();
        byte[][] votes = [solo.Forge.Commit(2, 1, solo.Block()), solo.Forge.RoundChange(2, 2, solo.Forge.Prepared(solo.Block(), 0))];
        solo.Receive(commitFirst ? votes : votes.Reverse());
        var evidence = Assert.Single(solo.Outputs.OfType<ReportEvidence>()).Evidence;
        Assert.Equal(VoteType.Commit, evidence.First.Type);
        Assert.Equal(VoteType.RoundChange, evidence.Second.Type);
    }

    [Fact]
    public void A_repeated_vote_and_a_roundchange_that_remembers_are_no_evidence()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        var prepare = solo.Forge.Prepare(2, 0, block);
        solo.Receive(prepare, prepare, solo.Forge.Commit(2, 0, block));
        solo.Receive(solo.Forge.RoundChange(2, 1, solo.Forge.Prepared(block, 0)));
        solo.Receive(solo.Forge.RoundChange(3, 1));
        Assert.Empty(solo.Outputs.OfType<ReportEvidence>());
    }
}
