using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Membership;

/// <summary>C-EVIDENCE on the chain: what counts, what does not, and that it counts once.</summary>
[Trait("Rule", "C-EVIDENCE")]
public sealed class EvidenceTests
{
    private const int Liar = 2;

    private readonly TestChain _chain = new();

    [Theory]
    [InlineData(VoteType.Proposal)]
    [InlineData(VoteType.Prepare)]
    [InlineData(VoteType.Commit)]
    public void C_EVIDENCE_1_two_votes_of_one_type_and_round_for_two_blocks_are_recorded(VoteType type)
    {
        var evidence = Pair(Vote(type, 0, "one"), Vote(type, 0, "two"));

        var receipt = _chain.MustRun(Cast.Service, "membership", "evidence", evidence);

        var key = Cast.Validators[Liar];
        var record = _chain.Find(StateKeys.Evidence(key.Id, new Height(1)), EvidenceRecord.Parser)!;
        Assert.Equal(evidence, record.Votes);
        Assert.Equal((key.Member.Value, Cast.ShanghaiBureau.Value), (record.Member, record.Reporter));
        Assert.Equal((1ul, _chain.Now.Milliseconds), (record.Height, record.TimeMs));
        Assert.Equal(key.Id.Value.ToArray(), record.KeyId.ToByteArray());
        var raised = Assert.Single(receipt.Events);
        Assert.Equal(("evidence.recorded", $"{key.Id}.1"), (raised.Type, raised.Subject));
        Assert.Equal(record, EvidenceRecord.Parser.ParseFrom(raised.Data));
    }

    [Fact]
    public void C_EVIDENCE_1_two_round_changes_of_one_round_with_two_claims_are_recorded() =>
        Records(Pair(Vote(VoteType.RoundChange, 3), Vote(VoteType.RoundChange, 3, "one", prepared: 1)));

    [Theory]
    [InlineData(0u, null)]
    [InlineData(2u, null)]
    [InlineData(2u, 1u)]
    public void C_EVIDENCE_2_a_commit_and_a_later_round_change_that_forgot_it_are_recorded(uint round, uint? claimed)
    {
        var commit = Vote(VoteType.Commit, round, "one");
        var change = claimed is { } prepared ? Vote(VoteType.RoundChange, round + 1, "other", prepared) : Vote(VoteType.RoundChange, round + 1);
        Records(Pair(commit, change));
    }

    [Fact]
    public void C_EVIDENCE_2_counts_in_either_order() => Records(Pair(Vote(VoteType.RoundChange, 1), Vote(VoteType.Commit, 0, "one")));

    [Fact]
    public void Evidence_against_one_key_at_one_height_is_recorded_once()
    {
        Records(Pair(Vote(VoteType.Prepare, 0, "one"), Vote(VoteType.Prepare, 0, "two")));

        Refuses(MembershipCodes.EvidenceRecorded, Pair(Vote(VoteType.Commit, 0, "one"), Vote(VoteType.Commit, 0, "two")));
        Records(Pair(Vote(VoteType.Prepare, 0, "one", height: 2), Vote(VoteType.Prepare, 0, "two", height: 2)));
        Records(Pair(Vote(VoteType.Prepare, 0, "one", seat: 3), Vote(VoteType.Prepare, 0, "two", seat: 3)));
    }

    [Fact]
    public void Votes_that_a_correct_validator_makes_are_no_evidence()
    {
        var prepare = Vote(VoteType.Prepare, 1, "one");
        var commit = Vote(VoteType.Commit, 1, "one");
        Refuses(MembershipCodes.NoContradiction, Pair(prepare, prepare));
        Refuses(MembershipCodes.NoContradiction, Pair(prepare, commit));
        Refuses(MembershipCodes.NoContradiction, Pair(prepare, Vote(VoteType.Prepare, 2, "two")));
        Refuses(MembershipCodes.NoContradiction, Pair(commit, Vote(VoteType.RoundChange, 2, "one", prepared: 1)));
        Refuses(MembershipCodes.NoContradiction, Pair(commit, Vote(VoteType.RoundChange, 1)));
        Refuses(MembershipCodes.NoContradiction, Pair(Vote(VoteType.RoundChange, 1), Vote(VoteType.RoundChange, 2)));
    }

    [Fact]
    public void Votes_of_two_seats_or_two_heights_are_no_evidence()
    {
        Refuses(MembershipCodes.VotesApart, Pair(Vote(VoteType.Prepare, 0, "one"), Vote(VoteType.Prepare, 0, "two", seat: 3)));
        Refuses(MembershipCodes.VotesApart, Pair(Vote(VoteType.Prepare, 0, "one", height: 2), Vote(VoteType.Prepare, 0, "two")));
    }

    [Fact]
    public void Votes_of_a_height_above_the_block_are_refused() =>
        Refuses(MembershipCodes.FutureVotes, Pair(Vote(VoteType.Prepare, 0, "one", height: 2), Vote(VoteType.Prepare, 0, "two", height: 2)));

    [Fact]
    public void A_forged_vote_is_refused_wherever_it_stands()
    {
        var (one, two) = (Vote(VoteType.Prepare, 0, "one"), Vote(VoteType.Prepare, 0, "two"));
        var forged = two.Clone();
        forged.Digest = Samples.Digest("three");
        Refuses(MembershipCodes.NotTheSeats, Pair(one, forged));
        Refuses(MembershipCodes.NotTheSeats, Pair(forged, one));
        var another = Cast.Validators[3];
        Refuses(MembershipCodes.NotTheSeats, Pair(one, Sign(two.Clone(), another)));
        var unsigned = two.Clone();
        unsigned.Signature = ByteString.Empty;
        Refuses(MembershipCodes.NotTheSeats, Pair(one, unsigned));
    }

    [Fact]
    public void Votes_for_another_chain_are_refused()
    {
        var votes = new[] { "one", "two" }.Select(digest => Sign(Vote(VoteType.Prepare, 0, digest), Cast.Validators[Liar], ChainId.Parse("other-chain"))).ToArray();
        Refuses(MembershipCodes.NotTheSeats, Pair(votes[0], votes[1]));
    }

    [Fact]
    public void Evidence_against_a_seat_that_has_another_key_now_is_refused()
    {
        var set = _chain.Find(StateKeys.Validators, ValidatorSetMessage.Parser)!;
        set.Validators[Liar].PublicKey = ByteString.CopyFrom(Cast.Stranger.Key.PublicKey.Encoded);
        _chain.State.Apply([new StateWrite(StateKeys.Validators, set.ToByteArray())]);

        Refuses(MembershipCodes.NotTheSeats, Pair(Vote(VoteType.Prepare, 0, "one"), Vote(VoteType.Prepare, 0, "two")));
    }

    [Fact]
    public void A_seat_of_a_past_height_is_judged_by_the_set_of_that_height()
    {
        var governed = new GovernedChain(seats: 5);
        var service = new Actor(98, GovernedChain.Officers[0].Member);
        governed.MustAdopt(new GovernanceChange { PutKey = TestGenesis.Key(service, KeyRole.Service) });
        var before = governed.Chain.Height.Value;
        governed.MustAdopt(governed.SetTo(GovernedChain.Consensus.Skip(1).Take(4)));
        var changed = governed.Chain.Height.Value;

        EvidenceMessage Evidence(ulong height, Actor signer) => Pair(
            Sign(Vote(VoteType.Prepare, 0, "one", height), signer), Sign(Vote(VoteType.Prepare, 0, "two", height), signer));
        VoteMessage Vote(VoteType type, uint round, string digest, ulong height) => new() { Type = type, Height = height, Round = round, Validator = 2, Digest = Samples.Digest(digest) };

        governed.Chain.MustRun(service, "membership", "evidence", Evidence(before, GovernedChain.Consensus[2]));
        governed.Chain.MustRun(service, "membership", "evidence", Evidence(changed, GovernedChain.Consensus[2]));
        governed.Chain.Refuses(MembershipCodes.NotTheSeats, service, "membership", "evidence", Evidence(changed + 1, GovernedChain.Consensus[2]));
        governed.Chain.MustRun(service, "membership", "evidence", Evidence(changed + 1, GovernedChain.Consensus[3]));
    }

    [Fact]
    public void A_seat_that_the_set_does_not_have_is_refused()
    {
        var votes = new[] { "one", "two" }.Select(digest => Vote(VoteType.Prepare, 0, digest)).ToArray();
        foreach (var vote in votes) vote.Validator = 4;
        Refuses(MembershipCodes.NotTheSeats, Pair(votes[0], votes[1]));
        foreach (var vote in votes) vote.Validator = uint.MaxValue;
        Refuses(MembershipCodes.NotTheSeats, Pair(votes[0], votes[1]));
    }

    [Fact]
    public void Malformed_votes_are_refused()
    {
        var good = Vote(VoteType.Prepare, 1, "one");
        Refuses(MembershipCodes.BadVote, new EvidenceMessage { First = good });
        Refuses(MembershipCodes.BadVote, new EvidenceMessage { Second = good });
        foreach (var change in (Action<VoteMessage>[])
        [
            v => v.Type = VoteType.Unspecified, v => v.Type = (VoteType)9, v => v.Digest = ByteString.Empty, v => v.Digest = ByteString.CopyFrom(new byte[32]),
            v => v.Digest = ByteString.CopyFrom(1), v => v.PreparedRoundPlusOne = 1, v => v.PreparedDigest = Samples.Digest("x"), v => v.Type = VoteType.RoundChange,
        ])
        {
            var bad = Vote(VoteType.Prepare, 1, "two");
            change(bad);
            Refuses(MembershipCodes.BadVote, Pair(good, bad));
        }

        Refuses(MembershipCodes.BadVote, Pair(good, Vote(VoteType.RoundChange, 0)));
        Refuses(MembershipCodes.BadVote, Pair(good, Vote(VoteType.RoundChange, 1, "one", prepared: 1)));
    }

    [Fact]
    public void Only_a_validators_service_key_submits_evidence()
    {
        var evidence = Pair(Vote(VoteType.Prepare, 0, "one"), Vote(VoteType.Prepare, 0, "two"));
        foreach (var signer in (Actor[])[Cast.AuditorService, Cast.Governor, Cast.Issuer, Cast.Validators[0]])
            _chain.Refuses(TransactionCodes.MissingRole, signer, "membership", "evidence", evidence);
    }

    private void Records(EvidenceMessage evidence) => _chain.MustRun(Cast.Service, "membership", "evidence", evidence);

    private void Refuses(string code, EvidenceMessage evidence) => _chain.Refuses(code, Cast.Service, "membership", "evidence", evidence);

    private static EvidenceMessage Pair(VoteMessage first, VoteMessage second) => new() { First = first.Clone(), Second = second.Clone() };

    // A RoundChange takes digest and prepared as its claim.
    private static VoteMessage Vote(VoteType type, uint round, string? digest = null, uint? prepared = null, ulong height = 1, int seat = Liar)
    {
        var vote = new VoteMessage { Type = type, Height = height, Round = round, Validator = (uint)seat, PreparedRoundPlusOne = prepared + 1 ?? 0 };
        if (digest is not null && type == VoteType.RoundChange) vote.PreparedDigest = Samples.Digest(digest);
        else if (digest is not null) vote.Digest = Samples.Digest(digest);
        return Sign(vote, Cast.Validators[seat]);
    }

    private static VoteMessage Sign(VoteMessage vote, Actor signer, ChainId? chain = null)
    {
        _ = Hash256.TryFrom(vote.Digest.Span, out var digest);
        _ = Hash256.TryFrom(vote.PreparedDigest.Span, out var prepared);
        var bytes = new byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, chain ?? TestChain.Id, vote.Type, new Height(vote.Height), new Round(vote.Round), digest, vote.PreparedRoundPlusOne, prepared);
        vote.Signature = ByteString.CopyFrom(signer.Sign(SigningContext.Vote, bytes.AsSpan(0, length)));
        return vote;
    }
}
