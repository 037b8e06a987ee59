using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;

namespace LicenceChain.Node.Tests.Storage;

[Trait("Rule", "C-RESTART")]
public sealed class VoteStandingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly UsedKeystore _keystore;
    private readonly VoteStanding _standing;

    public VoteStandingTests()
    {
        _keystore = new UsedKeystore(_folder.File("keys.json"));
        _standing = new VoteStanding(_folder.Path, _keystore);
    }

    // Found by thinking: a validator wiped and restored with a keystore that did not know of its votes, and cut off from its peers, began as in a new network and voted.
    [Fact]
    public void A_wiped_folder_counts_as_a_lost_log_though_no_peer_says_how_far_the_chain_is()
    {
        Assert.True(_standing.Settle());
        Assert.True(Open(mustExist: false).WasLost);
    }

    [Fact]
    public void A_new_key_votes_even_where_the_chain_has_begun_without_it()
    {
        VoteStanding.MarkNew(_folder.Path);

        Assert.False(_standing.Settle());
        Assert.False(Open(mustExist: true).WasLost);
    }

    [Fact]
    public void The_mark_of_a_new_key_serves_once()
    {
        VoteStanding.MarkNew(_folder.Path);
        _standing.Settle();
        File.Delete(_folder.File("votes.wal")); // the folder is wiped, and the mark was taken by the first start

        Assert.True(_standing.Settle());
    }

    [Fact]
    public void A_first_start_that_crashed_is_a_first_start_still()
    {
        VoteStanding.MarkNew(_folder.Path);
        _standing.Settle();
        VoteStanding.MarkNew(_folder.Path); // the log is on the disk, and the mark was not yet taken

        Assert.False(_standing.Settle());
        Assert.False(File.Exists(_folder.File("votes.new")));
    }

    [Fact]
    public void What_counts_as_lost_stays_lost_at_every_start()
    {
        _standing.Settle();
        VoteStanding.MarkNew(_folder.Path);

        Assert.True(_standing.Settle());
    }

    [Fact]
    public void A_key_that_has_voted_is_not_new_whatever_the_mark_says()
    {
        _keystore.NoteFirstVote();
        VoteStanding.MarkNew(_folder.Path);

        Assert.True(_standing.Settle());
    }

    [Fact]
    public void A_log_that_is_there_is_kept_whatever_else_is_gone()
    {
        File.WriteAllBytes(_folder.File("votes.wal"), []);

        Assert.False(_standing.Settle());
    }

    private VoteLog Open(bool mustExist) => VoteLog.Open(new Node.Storage.Files.DiskFolder(_folder.Path), VoteStanding.LogName, mustExist);

    public void Dispose() => _folder.Dispose();
}
