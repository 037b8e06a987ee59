using Google.Protobuf;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>What is remembered of signatures calls nothing signed that is not.</summary>
public sealed class VoteMemoTests
{
    private static readonly ChainId Chain = ChainId.Parse(SimulatedCast.ChainName);
    private static readonly ValidatorSet Set = TestKeys.Set(4);
    private static readonly Forge Forge = new(Set, new Height(1), Chain);

    private readonly VoteMemo _memo = new();

    [Fact]
    public void A_node_whose_votes_its_key_has_not_signed_is_found_out_within_sixteen()
    {
        var found = Enumerable.Range(0, VoteMemo.VerifiedOneIn).Count(round => !_memo.TakeOwn(Vote(1, (uint)round), KeyOf(2)));

        Assert.Equal(1, found);
    }

    [Fact]
    public void Only_the_signature_that_is_known_passes_unverified()
    {
        var vote = Vote(1, 0);
        Assert.True(_memo.TakeOwn(vote, KeyOf(1)));
        var forged = vote.Clone();
        forged.Signature = ByteString.CopyFrom(new byte[Sm2Signature.Size]);

        Assert.True(IsSigned(vote, 1));
        Assert.False(IsSigned(forged, 1));
        Assert.False(IsSigned(vote, 2));
        Assert.False(IsSigned(Changed(vote, v => v.Round = 1), 1));
        Assert.False(IsSigned(Changed(vote, v => v.Type = VoteType.Commit), 1));
        Assert.False(_memo.IsSigned(vote, Read(vote), ChainId.Parse("other-chain"), KeyOf(1)));
    }

    [Fact]
    public void C_CERT_a_certificate_with_one_signature_that_nobody_made_is_not_certified()
    {
        var votes = Enumerable.Range(0, 3).Select(seat => Vote(seat, 0, VoteType.Commit)).ToList();
        foreach (var vote in votes) Assert.True(_memo.TakeOwn(vote, KeyOf((int)vote.Validator)));
        Assert.True(_memo.IsCertified(Certificate(votes), Chain, Set));
        votes[1].Signature = votes[2].Signature;

        Assert.False(_memo.IsCertified(Certificate(votes), Chain, Set));
        Assert.False(_memo.IsCertified(Certificate(votes[..2]), Chain, Set));
    }

    private bool IsSigned(VoteMessage vote, int seat) => _memo.IsSigned(vote, Read(vote), Chain, KeyOf(seat));

    private static VoteMessage Vote(int seat, uint round, VoteType type = VoteType.Prepare) => Forge.Vote(type, seat, round, Sm3.Hash([7]));

    private static VoteContent Read(VoteMessage vote) => VoteContent.TryRead(vote, out var content) ? content : throw new InvalidOperationException("No vote.");

    private static Sm2PublicKey KeyOf(int seat) => Set.Validators[seat].Key;

    private static VoteMessage Changed(VoteMessage vote, Action<VoteMessage> change)
    {
        var changed = vote.Clone();
        change(changed);
        return changed;
    }

    private static CommitCertificate Certificate(IEnumerable<VoteMessage> votes) =>
        CommitCertificate.Of(new Height(1), new Round(0), Sm3.Hash([7]), votes.Select(v => new CommitSignatureMessage { Validator = v.Validator, Signature = v.Signature }));
}
