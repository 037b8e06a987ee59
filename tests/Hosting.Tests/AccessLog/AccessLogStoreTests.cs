using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Tests.Support;
using LicenceChain.Protocol.Merkle;

namespace LicenceChain.Hosting.Tests.AccessLog;

public sealed class AccessLogStoreTests
{
    private readonly MemoryLogFiles _files = new();

    [Fact]
    public void Records_come_back_after_a_restart_under_the_same_root()
    {
        using var folder = new TemporaryFolder();
        LogCheckpoint before;
        using (var store = AccessLogStore.Open(new DiskLogFiles(folder["log"])))
        {
            for (var i = 0; i < 600; i += 100) Assert.Equal((ulong)i, store.AppendBatch(Records(i, 100)));
            Assert.Equal(600UL, store.Append(Record(600)));
            before = store.Checkpoint();
        }

        using var again = AccessLogStore.Open(new DiskLogFiles(folder["log"]));
        Assert.Equal(before, again.Checkpoint());
        Assert.Equal(MerkleTree.Root([.. Enumerable.Range(0, 601).Select(i => MerkleTree.LeafHash(Record(i)))]), before.Root);
        Assert.Equal(Record(0), again.Read(0));
        Assert.Equal(Record(600), again.Read(600));
        Assert.Equal(601UL, again.Append(Record(601)));
    }

    [Fact]
    public void Second_process_cannot_open_the_same_log()
    {
        using var folder = new TemporaryFolder();
        using var store = AccessLogStore.Open(new DiskLogFiles(folder["log"]));
        Assert.Throws<IOException>(() => AccessLogStore.Open(new DiskLogFiles(folder["log"])));
    }

    [Fact]
    public void Index_is_returned_after_the_flush()
    {
        using var store = AccessLogStore.Open(_files);
        var before = _files["records"].Flushes;
        store.Append(Record(0));
        Assert.Equal(before + 1, _files["records"].Flushes);
    }

    [Fact]
    public void Torn_tail_is_cut_wherever_it_tore()
    {
        Fill(3, 2);
        var sound = _files["records"].Bytes.ToArray();
        for (var extra = 1; extra < LogFrame.HeaderBytes + Record(6).Length; extra++)
        {
            var torn = new byte[LogFrame.HeaderBytes + Record(6).Length];
            LogFrame.Write(torn, 6, 6, Record(6), out _);
            _files["records"].Bytes.AddRange(torn[..extra]);
            using var store = AccessLogStore.Open(_files);
            Assert.Equal((6UL, (long)extra), (store.Size, store.DroppedBytes));
            Assert.Equal(sound, _files["records"].Bytes);
        }
    }

    [Fact]
    public void Torn_batch_with_a_hole_before_its_end_is_cut_at_the_hole()
    {
        Fill(1, 2);
        var batch = new byte[2 * (LogFrame.HeaderBytes + Record(2).Length)];
        var first = LogFrame.Write(batch, 2, 2, Record(2), out _);
        LogFrame.Write(batch.AsSpan(first), 3, 2, Record(3), out _);
        batch.AsSpan(0, first).Clear(); // the page of the second record reached the disk, that of the first did not
        _files["records"].Bytes.AddRange(batch);
        using var store = AccessLogStore.Open(_files);
        Assert.Equal((2UL, (long)batch.Length), (store.Size, store.DroppedBytes));
    }

    [Fact]
    public void Header_smuggled_into_a_torn_record_does_not_pass_for_a_later_one()
    {
        Fill(1, 2);
        var smuggled = new byte[200];
        LogFrame.Write(smuggled, 900, 900, Record(900), out _);
        var torn = new byte[LogFrame.HeaderBytes + smuggled.Length];
        LogFrame.Write(torn, 2, 2, smuggled, out _);
        torn[^1] ^= 1; // its last page never reached the disk
        _files["records"].Bytes.AddRange(torn);
        using var store = AccessLogStore.Open(_files);
        Assert.Equal((2UL, (long)torn.Length), (store.Size, store.DroppedBytes));
    }

    [Fact]
    public void Bit_flip_anywhere_in_a_confirmed_record_is_refused()
    {
        Fill(4, 1);
        var bytes = _files["records"].Bytes;
        for (var at = 0; at < bytes.Count; at += 7)
        {
            bytes[at] ^= 0x10;
            Assert.Throws<AccessLogDamagedException>(() => AccessLogStore.Open(_files));
            bytes[at] ^= 0x10;
        }

        using var store = AccessLogStore.Open(_files);
        Assert.Equal(4UL, store.Size);
    }

    [Fact]
    public void Bit_flip_in_the_middle_is_refused_even_without_the_tiles()
    {
        Fill(4, 1);
        _files["tiles-0"].Bytes.Clear();
        _files["records"].Bytes[LogFrame.HeaderBytes + 2] ^= 1;
        Assert.Throws<AccessLogDamagedException>(() => AccessLogStore.Open(_files));
    }

    [Fact]
    public void Records_cut_away_after_they_were_confirmed_are_missed()
    {
        Fill(4, 1);
        _files["records"].Truncate(_files["records"].Length - LogFrame.HeaderBytes - Record(3).Length);
        Assert.Throws<AccessLogDamagedException>(() => AccessLogStore.Open(_files));
    }

    [Fact]
    public void Damaged_tile_is_found_before_it_spoils_a_proof_and_made_again_at_the_next_start()
    {
        Fill(1, 600);
        using var store = AccessLogStore.Open(_files);
        _files["tiles-0"].Bytes[100] ^= 1;
        Assert.Throws<AccessLogDamagedException>(() => store.InclusionProof(5, 600));
        using var again = AccessLogStore.Open(_files);
        Assert.NotEmpty(again.InclusionProof(5, 600));
    }

    [Fact]
    public void Record_that_changes_under_a_running_store_is_not_returned()
    {
        Fill(1, 2);
        using var store = AccessLogStore.Open(_files);
        _files["records"].Bytes[LogFrame.HeaderBytes] ^= 1;
        Assert.Throws<AccessLogDamagedException>(() => store.Read(0));
    }

    [Fact]
    public void Failed_write_ends_appending_and_a_restart_sorts_it_out()
    {
        Fill(1, 2);
        using var store = AccessLogStore.Open(_files);
        _files.FailWrites = true;
        Assert.Throws<IOException>(() => store.Append(Record(2)));
        _files.FailWrites = false;
        Assert.Throws<InvalidOperationException>(() => store.Append(Record(2)));
        using var again = AccessLogStore.Open(_files);
        Assert.Equal(2UL, again.Append(Record(2)));
    }

    [Fact]
    public void Empty_and_oversize_records_are_bugs_of_the_caller()
    {
        using var store = AccessLogStore.Open(_files);
        Assert.Throws<ArgumentException>(() => store.Append([]));
        Assert.Throws<ArgumentException>(() => store.Append(new byte[AccessLogStore.MaxRecordBytes + 1]));
        Assert.Equal(0UL, store.Append(new byte[AccessLogStore.MaxRecordBytes]));
    }

    [Fact]
    public void Any_file_of_records_is_opened_cut_or_refused()
    {
        Fill(2, 3);
        var sound = _files["records"].Bytes.ToArray();
        Prop.ForAll(Gen.Choose(0, sound.Length - 1).Zip(Gen.Choose(0, sound.Length)).Zip(Gen.Choose(1, 255)).ToArbitrary(), damage =>
        {
            var ((at, cut), bits) = damage;
            var bytes = sound.ToArray();
            bytes[at] ^= (byte)bits;
            var files = new MemoryLogFiles();
            files.Open("records").Write(0, bytes.AsSpan(0, cut));
            try
            {
                using var store = AccessLogStore.Open(files);
                for (var i = 0UL; i < store.Size; i++)
                {
                    if (!store.Read(i).AsSpan().SequenceEqual(Record((int)i))) return false;
                }

                return true;
            }
            catch (AccessLogDamagedException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    private void Fill(int batches, int size)
    {
        using var store = AccessLogStore.Open(_files);
        for (var i = 0; i < batches; i++) store.AppendBatch(Records(i * size, size));
    }

    private static ReadOnlyMemory<byte>[] Records(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new ReadOnlyMemory<byte>(Record(i)))];

    private static byte[] Record(int i) => System.Text.Encoding.UTF8.GetBytes($"record {i:D6}");
}
