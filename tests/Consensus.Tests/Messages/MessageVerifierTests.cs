using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Messages;

/// <summary>C-SIGNED, C-JUSTIFIED, C-RC-VALID, C-PROPOSER: what never reaches the state machine. Four validators, height 1.</summary>
public sealed class MessageVerifierTests
{
    private static readonly ValidatorSet Set = TestKeys.Set(4);
    private static readonly BlockHeader Genesis = TestBlocks.Genesis(Set);
    private static readonly Forge Forge = new(Set, new Height(1));
    private static readonly Block A = TestBlocks.Above(Genesis, Set, default, TestBlocks.GenesisTime.Plus(1), 1);
    private static readonly Block B = TestBlocks.Above(Genesis, Set, new Round(1), TestBlocks.GenesisTime.Plus(2), 2);

    [Fact]
    public void Right_messages_pass()
    {
        Passes(Forge.Proposal(A, 0));
        Passes(Forge.Prepare(3, 0, A));
        Passes(Forge.Commit(3, 7, A));
        Passes(Forge.RoundChange(3, 1));
        Passes(Forge.RoundChange(3, 1, Forge.Prepared(A, 0)));
        Passes(Forge.Proposal(B, 1, Forge.RoundChanges(1)));
        Passes(Forge.Proposal(A, 1, Forge.RoundChanges(1, Claims((0, A, 0))), Forge.Prepared(A, 0).Prepares));
    }

    [Fact]
    public void C_SIGNED_a_vote_of_another_chain_height_or_signer_is_refused()
    {
        var otherChain = new Forge(Set, new Height(1), ChainId.TryParse("other-chain", out var other) ? other : default);
        Fails(otherChain.Prepare(1, 0, A), "vote");
        Fails(new Forge(Set, new Height(2)).Prepare(1, 0, A), "vote");
        Fails(Change(Forge.Prepare(1, 0, A), m => m.Prepare.Validator = 2), "vote");
        Fails(Change(Forge.Prepare(1, 0, A), m => m.Prepare.Validator = 4), "vote");
        Fails(Change(Forge.Prepare(1, 0, A), m => m.Prepare.Round = 1), "vote");
    }

    [Fact]
    public void C_SIGNED_a_prepare_is_no_commit()
    {
        var prepare = Forge.Vote(VoteType.Prepare, 1, 0, A.Header.Digest);
        Fails(new ConsensusMessage { Commit = prepare }.ToByteArray(), "vote");
        prepare.Type = VoteType.Commit;
        Fails(new ConsensusMessage { Commit = prepare }.ToByteArray(), "vote");
    }

    [Fact]
    public void Fields_that_a_type_does_not_have_are_refused_even_when_signed()
    {
        Fails(new ConsensusMessage { Prepare = Forge.Vote(VoteType.Prepare, 1, 0) }.ToByteArray(), "vote");
        Fails(new ConsensusMessage { Prepare = Forge.Vote(VoteType.Prepare, 1, 1, A.Header.Digest, Forge.Prepared(A, 0)) }.ToByteArray(), "vote");
        Fails(new ConsensusMessage { RoundChange = new RoundChangeMessage { Vote = Forge.Vote(VoteType.RoundChange, 1, 1, A.Header.Digest) } }.ToByteArray(), "vote");
        Fails(Forge.RoundChange(1, 0), "vote");
    }

    [Fact]
    public void C_PROPOSER_a_proposal_of_another_than_the_rounds_proposer_is_refused() => Fails(Forge.Proposal(A, 0, by: 2), "proposer");

    [Fact]
    public void C_RC_VALID_a_claim_of_the_own_or_a_later_round_is_refused() =>
        Fails(Forge.RoundChange(1, 2, Forge.Prepared(A, 2)), "vote");

    [Fact]
    public void C_RC_VALID_a_claim_without_its_prepares_or_its_block_is_refused()
    {
        Fails(Change(Forge.RoundChange(1, 1, Forge.Prepared(A, 0)), m => m.RoundChange.Prepares.RemoveAt(0)), "justification");
        Fails(Change(Forge.RoundChange(1, 1, Forge.Prepared(A, 0)), m => m.RoundChange.Block = ByteString.Empty), "block");
        Fails(Change(Forge.RoundChange(1, 1, Forge.Prepared(A, 0)), m => m.RoundChange.Block = ByteString.CopyFrom(B.Bytes.Span)), "block");
        Fails(Change(Forge.RoundChange(1, 1), m => m.RoundChange.Block = ByteString.CopyFrom(B.Bytes.Span)), "justification");
    }

    [Fact]
    public void C_RC_VALID_prepares_of_another_round_or_digest_prove_nothing()
    {
        Fails(Forge.RoundChange(1, 3, new Forge.Claim(1, A, Forge.Prepared(A, 0).Prepares)), "justification");
        Fails(Forge.RoundChange(1, 3, new Forge.Claim(0, A, Forge.Prepared(B, 0).Prepares)), "justification");
    }

    [Fact]
    public void C_QUORUM_one_signer_counts_once()
    {
        var one = Forge.Vote(VoteType.Prepare, 2, 0, A.Header.Digest);
        Fails(Forge.RoundChange(1, 1, new Forge.Claim(0, A, [one, one, one])), "justification");
        var change = Forge.Vote(VoteType.RoundChange, 2, 1);
        Fails(Forge.Proposal(B, 1, [change, change, change]), "justification");
    }

    [Fact]
    public void C_JUSTIFIED_round_0_carries_no_proof_and_later_rounds_must()
    {
        Fails(Forge.Proposal(A, 0, Forge.RoundChanges(1)), "justification");
        Fails(Forge.Proposal(B, 1), "justification");
        Fails(Forge.Proposal(B, 1, Forge.RoundChanges(1, by: [0, 1])), "justification");
        Fails(Forge.Proposal(B, 1, Forge.RoundChanges(2)), "justification");
    }

    [Fact]
    public void C_JUSTIFIED_a_prepared_block_cannot_be_passed_over()
    {
        var changes = Forge.RoundChanges(1, Claims((0, A, 0)));
        Fails(Forge.Proposal(B, 1, changes), "justification");
        Fails(Forge.Proposal(B, 1, changes, Forge.Prepared(A, 0).Prepares), "justification");
        Fails(Forge.Proposal(A, 1, changes), "justification");
        Fails(Forge.Proposal(A, 1, Forge.RoundChanges(1), Forge.Prepared(A, 0).Prepares), "justification");
    }

    [Fact]
    public void C_JUSTIFIED_only_the_highest_prepared_round_counts()
    {
        var changes = Forge.RoundChanges(2, Claims((0, A, 0), (1, B, 1)));
        Passes(Forge.Proposal(B, 2, changes, Forge.Prepared(B, 1).Prepares));
        Fails(Forge.Proposal(A, 2, changes, Forge.Prepared(A, 0).Prepares), "justification");
        Fails(Forge.Proposal(B, 2, changes, Forge.Prepared(B, 0).Prepares), "justification");
    }

    [Fact]
    public void A_block_of_another_chain_height_or_set_is_refused()
    {
        Fails(Forge.Proposal(TestBlocks.Above(Genesis, TestKeys.Set(5), default, TestBlocks.GenesisTime.Plus(1), 1), 0), "block");
        var header = BlockHeader.Of(A.Header.Fields with { Chain = ChainId.TryParse("other-chain", out var other) ? other : default });
        Fails(Forge.Proposal(Block.Of(header, [], null), 0), "block");
    }

    [Fact]
    public void Bytes_that_are_not_canonical_are_refused()
    {
        var prepare = Forge.Prepare(1, 0, A);
        Fails([], "malformed");
        Fails([.. prepare, 0x98, 0x06, 0x01], "malformed");
        Fails([.. prepare, .. prepare], "malformed");
    }

    [Fact]
    public void The_height_is_read_without_parsing_and_never_from_rubbish()
    {
        foreach (var bytes in new[] { Forge.Proposal(A, 0), Forge.Prepare(1, 0, A), Forge.Commit(1, 3, A), Forge.RoundChange(1, 1, Forge.Prepared(A, 0)) })
        {
            Assert.True(MessageVerifier.TryPeekHeight(bytes, out var height));
            Assert.Equal(new Height(1), height);
            Assert.False(MessageVerifier.TryPeekHeight(bytes.AsMemory(0, bytes.Length - 1), out _));
        }
    }

    private static Dictionary<int, Forge.Claim> Claims(params (int Validator, Block Block, uint Round)[] claims) =>
        claims.ToDictionary(c => c.Validator, c => Forge.Prepared(c.Block, c.Round));

    private static byte[] Change(byte[] bytes, Action<ConsensusMessage> change)
    {
        var message = ConsensusMessage.Parser.ParseFrom(bytes);
        change(message);
        return message.ToByteArray();
    }

    private static void Passes(byte[] bytes)
    {
        Assert.True(MessageVerifier.TryVerify(bytes, TestKeys.Chain, new Height(1), Set, out var message, out var reason), reason);
        Assert.Equal(bytes, message.Bytes.ToArray());
    }

    private static void Fails(byte[] bytes, string expected)
    {
        Assert.False(MessageVerifier.TryVerify(bytes, TestKeys.Chain, new Height(1), Set, out var message, out var reason));
        Assert.Null(message);
        Assert.Equal(expected, reason);
    }
}
