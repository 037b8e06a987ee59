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
            for (byte i = 1; i <= 3; i++)
            {
                log.Append(Record(i));
                log.Flush();
            }
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
    public void C_WAL_a_long_log_of_decided_heights_is_pruned_to_the_last_of_them()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, height: 7);
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true))
        {
            log.Append(Vote(8, []));
            log.Append(Vote(8, [1]));
            log.Flush();
            log.Prune(new Height(8));
            log.Append(Vote(9, []));
            log.Flush();
        }

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.Equal([Vote(8, []), Vote(8, [1]), Vote(9, [])], again.Recovered);
        Assert.False(again.WasLost);
    }

    [Fact]
    [Trait("Rule", "C-WAL")]
    public void C_WAL_a_batch_of_which_the_crash_kept_only_the_end_was_never_sent_and_is_no_damage()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("votes.wal");
        long flushed;
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false))
        {
            log.Append(Record(1));
            log.Flush();
            flushed = new FileInfo(path).Length;
            log.Append(Record(2));
            log.Append(Record(3));
        }

        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan((int)flushed, RecordFrame.HeadSize + 2).Clear();
        File.WriteAllBytes(path, bytes);

        using var again = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

        Assert.False(again.WasLost);
        Assert.Equal([Record(1)], again.Recovered);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_any_flipped_byte_of_a_flushed_vote_is_a_lost_log_and_of_the_last_one_too()
    {
        var (whole, last) = FourVotes();

        for (var at = 0; at < last; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x40;
            using var folder = new TemporaryFolder();
            using var log = Holding(folder, damaged);
            Assert.True(log.WasLost, $"byte {at}");
        }
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_what_stands_behind_the_last_flush_may_be_torn_anywhere_and_no_vote_is_lost()
    {
        var (whole, last) = FourVotes();

        for (var length = last; length < whole.Length; length++)
        {
            using var folder = new TemporaryFolder();
            using (var log = Holding(folder, whole[..length]))
            {
                Assert.False(log.WasLost, $"length {length}");
                Assert.Equal([Record(1), Record(2), Record(3), Record(4)], log.Recovered);
            }

            using var again = Open(folder);
            Assert.Equal(4, again.Recovered.Count);
        }
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_rot_in_the_last_vote_is_found_after_the_log_was_cut_and_after_a_restart_too()
    {
        foreach (var isCut in new[] { true, false })
        {
            using var folder = new TemporaryFolder();
            Fill(folder, height: 7);
            using (var log = Open(folder))
                if (isCut)
                    log.Prune(new Height(7));
            var damaged = File.ReadAllBytes(folder.File("votes.wal"));
            damaged[^100] ^= 0x40;

            using var found = Holding(folder, damaged);

            Assert.True(found.WasLost);
        }
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_what_was_seen_since_a_loss_is_kept_once_and_forgotten_with_the_next_loss()
    {
        using var folder = new TemporaryFolder();
        using (var log = Open(folder)) Seen(log, null, then: 41);
        using (var log = Open(folder)) Seen(log, 41, then: 42);
        using (var log = Open(folder)) Assert.Equal(new Height(41), log.SeenSinceLoss);

        File.Delete(folder.File("votes.wal"));
        using var again = Open(folder);

        Assert.True(again.WasLost);
        Assert.Null(again.SeenSinceLoss);

        static void Seen(VoteLog log, ulong? before, ulong then)
        {
            Assert.Equal(before, log.SeenSinceLoss?.Value);
            log.NoteSeen(new Height(then));
        }
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_height_torn_while_it_was_noted_counts_as_not_seen_and_the_log_as_lost()
    {
        using var folder = new TemporaryFolder();
        using (var log = Open(folder)) log.NoteSeen(new Height(41));
        var marker = folder.File("votes.wal.lost");
        var whole = File.ReadAllBytes(marker);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(marker, whole[..length]);
            using var log = Open(folder);
            Assert.True(log.WasLost);
            Assert.Null(log.SeenSinceLoss);
        }
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_log_that_was_readmitted_counts_as_whole_from_then_on()
    {
        using var folder = new TemporaryFolder();
        using (var log = Open(folder))
        {
            log.NoteSeen(new Height(41));
            log.Readmit();
            Assert.False(log.WasLost);
        }

        using var again = Open(folder);
        Assert.False(again.WasLost);
        Assert.Null(again.SeenSinceLoss);
    }

    // The file, and where the last flushed vote ends in it.
    private static (byte[] Whole, int Last) FourVotes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("votes.wal");
        var last = 0;
        using (var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false))
        {
            for (byte i = 1; i <= 4; i++)
            {
                log.Append(Record(i));
                last = (int)new FileInfo(path).Length;
                log.Flush();
            }
        }

        return (File.ReadAllBytes(path), last);
    }

    private static VoteLog Holding(TemporaryFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder.File("votes.wal"), bytes);
        return Open(folder);
    }

    private static VoteLog Open(TemporaryFolder folder) => VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: true);

    // More than a log may hold before it is cut.
    private static void Fill(TemporaryFolder folder, ulong height)
    {
        var record = Vote(height, new byte[4 * 1024 * 1024]);
        using var log = VoteLog.Open(new DiskFolder(folder.Path), "votes.wal", mustExist: false);
        for (var i = 0; i < 5; i++) log.Append(record);
        log.Flush();
    }

    private static WalRecordMessage Vote(ulong height, byte[] block) => new()
    {
        Message = new ConsensusMessage { Commit = new VoteMessage { Type = VoteType.Commit, Height = height } }.ToByteString(),
        PreparedBlock = ByteString.CopyFrom(block),
    };

    private static WalRecordMessage Record(byte value) => new() { Message = ByteString.CopyFrom(value, value) };
}
