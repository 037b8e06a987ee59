using Google.Protobuf;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Storage;

public sealed class VoteLogTests
{
    [Fact]
    [Trait("Rule", "C-WAL")]
    public void C_WAL_what_was_flushed_is_recovered_in_order()
    {
        using var folder = new TemporaryFolder();
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false))
        {
            for (byte i = 1; i <= 3; i++) log.Append(Record(i));
            log.Flush();
        }

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.Equal([Record(1), Record(2), Record(3)], again.Recovered);
        Assert.False(again.WasLost);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_log_that_is_gone_though_the_node_has_run_is_lost_and_stays_so()
    {
        using var folder = new TemporaryFolder();

        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true)) Assert.True(log.WasLost);
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true)) Assert.True(log.WasLost);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_log_damaged_in_the_middle_is_lost_and_kept_for_examination()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("votes.wal");
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false))
        {
            for (byte i = 1; i <= 3; i++) log.Append(Record(i));
            log.Flush();
        }

        var bytes = File.ReadAllBytes(path);
        bytes[RecordFrame.HeadSize + 1] ^= 4;
        File.WriteAllBytes(path, bytes);

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.True(again.WasLost);
        Assert.Empty(again.Recovered);
        Assert.True(File.Exists(path + ".damaged"));
    }

    [Fact]
    public void A_vote_torn_while_it_was_written_was_never_sent_and_is_forgotten()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("votes.wal");
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false))
        {
            log.Append(Record(1));
            log.Append(Record(2));
        }

        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 1);

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.False(again.WasLost);
        Assert.Equal([Record(1)], again.Recovered);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_no_vote_is_pruned_while_the_log_is_ahead_of_the_stored_chain()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, height: 7);
        using (var ahead = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true)) ahead.Prune(new Height(6));

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.NotEmpty(again.Recovered);
    }

    [Fact]
    [Trait("Rule", "C-WAL")]
    public void C_WAL_a_long_log_of_decided_heights_is_pruned()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, height: 7);
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true)) log.Prune(new Height(7));

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.Empty(again.Recovered);
        Assert.False(again.WasLost);
    }

    // More than a log may hold before it is cut.
    private static void Fill(TemporaryFolder folder, ulong height)
    {
        var vote = new ConsensusMessage { Commit = new VoteMessage { Type = VoteType.Commit, Height = height } };
        var record = new WalRecordMessage { Message = vote.ToByteString(), PreparedBlock = ByteString.CopyFrom(new byte[4 * 1024 * 1024]) };
        using var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false);
        for (var i = 0; i < 5; i++) log.Append(record);
        log.Flush();
    }

    private static WalRecordMessage Record(byte value) => new() { Message = ByteString.CopyFrom(value, value) };
}
