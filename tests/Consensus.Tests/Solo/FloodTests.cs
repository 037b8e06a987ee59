using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Rules;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-FLOOD: what a stranger or a liar can make a node hold.</summary>
public sealed class FloodTests
{
    private readonly ValidatorSet4 _four = new();

    [Fact]
    public void C_FLOOD_only_the_two_highest_rounds_of_a_sender_and_type_are_held()
    {
        var ledger = new VoteLedger(4, _four.Set.Hash);
        foreach (var round in new uint[] { 3, 9, 1, 5, 7, 9 }) ledger.Add(_four.Prepare(2, round));
        Assert.Equal([9u, 7u], ledger.Of(2, VoteType.Prepare).Select(m => m.Round.Value));
        Assert.Empty(ledger.Of(2, VoteType.Commit));
        Assert.Empty(ledger.Of(1, VoteType.Prepare));
    }

    [Fact]
    public void C_FLOOD_one_sender_cannot_push_out_anothers_votes()
    {
        var ledger = new VoteLedger(4, _four.Set.Hash);
        ledger.Add(_four.Prepare(1, 0));
        for (uint round = 0; round < 20; round++) ledger.Add(_four.Prepare(2, round));
        Assert.NotNull(ledger.Find(1, VoteType.Prepare, default));
        Assert.Equal(3, ledger.All(VoteType.Prepare).Count);
    }

    [Fact]
    public void A_message_that_was_sent_again_is_recognised_before_it_is_verified_again()
    {
        var solo = new SoloValidator();
        var proposal = solo.Forge.Proposal(solo.Block(), 0);
        var next = new Forge(solo.Set, new Height(2)).RoundChange(1, 1);
        Assert.False(solo.Machine.Holds(new Height(1), proposal));
        solo.Receive(proposal, next);
        Assert.True(solo.Machine.Holds(new Height(1), proposal.ToArray()));
        Assert.True(solo.Machine.Holds(new Height(2), next));
        Assert.False(solo.Machine.Holds(new Height(2), proposal));
        Assert.False(solo.Machine.Holds(new Height(3), next));
    }

    [Fact]
    public void C_FLOOD_a_proposal_whose_hash_is_not_that_of_its_block_is_refused()
    {
        // FISCO BCOS #2448: the digest was taken from the message instead of being computed.
        var solo = new SoloValidator();
        var good = solo.Forge.ProposalMessage(solo.Block(salt: 1), 0);
        good.Block = Google.Protobuf.ByteString.CopyFrom(solo.Block(salt: 2).Bytes.Span);
        Refused(solo, good, "block");
    }

    [Fact]
    public void C_FLOOD_a_block_whose_body_is_not_what_its_header_hashes_is_refused()
    {
        var solo = new SoloValidator();
        var block = solo.Block();
        var forged = BlockMessage.Parser.ParseFrom(block.Bytes.Span);
        forged.LastCommit = Google.Protobuf.ByteString.CopyFrom(CommitCertificate.Of(new Height(0), default, block.Header.Digest, []).Bytes.Span);
        var proposal = solo.Forge.ProposalMessage(block, 0);
        proposal.Block = Google.Protobuf.ByteString.CopyFrom(Google.Protobuf.MessageExtensions.ToByteArray(forged));
        Refused(solo, proposal, "block");
    }

    private static void Refused(SoloValidator solo, ProposalMessage proposal, string expected)
    {
        var bytes = Google.Protobuf.MessageExtensions.ToByteArray(new ConsensusMessage { Proposal = proposal });
        Assert.False(MessageVerifier.TryVerify(bytes, TestKeys.Chain, new Height(1), solo.Set, out _, out var reason));
        Assert.Equal(expected, reason);
    }

    private sealed class ValidatorSet4
    {
        public ValidatorSet Set { get; } = TestKeys.Set(4);

        public VerifiedMessage Prepare(int validator, uint round)
        {
            var digest = Protocol.Cryptography.Sm3.Hash("block"u8);
            var bytes = Google.Protobuf.MessageExtensions.ToByteArray(new ConsensusMessage { Prepare = new Forge(Set, new Height(1)).Vote(VoteType.Prepare, validator, round, digest) });
            Assert.True(MessageVerifier.TryVerify(bytes, TestKeys.Chain, new Height(1), Set, out var message, out _));
            return message;
        }
    }
}
