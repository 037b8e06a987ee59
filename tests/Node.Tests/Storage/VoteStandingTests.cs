using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Storage;

[Trait("Rule", "C-RESTART")]
public sealed class VoteStandingTests : IDisposable
{
    private static readonly Height Above = new(7);

    private readonly TemporaryFolder _folder = new();
    private readonly UsedKeystore _keystore;
    private readonly VoteStanding _standing;

    public VoteStandingTests()
    {
        _keystore = new UsedKeystore(_folder.File("keys.json"));
        _standing = new VoteStanding(new DiskFolder(_folder.Path), () => _keystore.HasVoted);
    }

    [Fact]
    public void A_wiped_folder_of_a_key_with_a_seat_counts_as_a_lost_log()
    {
        Assert.True(_standing.Settle(Above, hadSeat: true));
        Assert.True(VoteLog.Open(new Node.Storage.Files.DiskFolder(_folder.Path), "votes.wal", mustExist: false).WasLost);
    }

    [Fact]
    public void A_new_key_votes_even_where_the_chain_has_begun_without_it()
    {
        VoteStanding.MarkNew(_folder.Path);

        Assert.False(_standing.Settle(Above, hadSeat: true));
        Assert.False(VoteLog.Open(new Node.Storage.Files.DiskFolder(_folder.Path), "votes.wal", mustExist: true).WasLost);
    }

    [Fact]
    public void The_mark_of_a_new_key_serves_once()
    {
        VoteStanding.MarkNew(_folder.Path);
        _standing.Settle(Above, hadSeat: true);
        File.Delete(_folder.File("votes.wal")); // the folder is wiped, and the mark was taken by the first start

        Assert.True(_standing.Settle(Above, hadSeat: true));
    }

    [Fact]
    public void At_the_first_start_of_a_network_nobody_has_voted() => Assert.False(_standing.Settle(new Height(0), hadSeat: true));

    [Fact]
    public void A_key_that_never_had_a_seat_has_lost_nothing()
    {
        Assert.False(_standing.Settle(Above, hadSeat: false));
        Assert.False(VoteLog.Open(new Node.Storage.Files.DiskFolder(_folder.Path), "votes.wal", mustExist: true).WasLost);
    }

    [Fact]
    public void A_key_that_has_voted_is_not_new_whatever_the_mark_says()
    {
        _keystore.NoteFirstVote();
        VoteStanding.MarkNew(_folder.Path);

        Assert.True(_standing.Settle(Above, hadSeat: true));
    }

    [Fact]
    public void A_log_that_is_there_is_kept_whatever_else_is_gone()
    {
        File.WriteAllBytes(_folder.File("votes.wal"), []);

        Assert.False(_standing.Settle(Above, hadSeat: true));
    }

    public void Dispose() => _folder.Dispose();
}
