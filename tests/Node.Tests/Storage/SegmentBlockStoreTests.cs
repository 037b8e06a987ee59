using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Storage;

public sealed class SegmentBlockStoreTests
{
    private const int Blocks = 20;
    private const long SmallSegment = 1500;
    private const long TinySegment = 700;

    [Fact]
    public void Every_block_is_read_back_across_segments_and_restarts()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);

        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment);

        Assert.True(Directory.GetFiles(folder.Path).Length > 2);
        Assert.Equal(new Height(Blocks - 1), store.Head);
        for (var h = 0UL; h < Blocks; h++)
        {
            Assert.True(store.TryRead(new Height(h), out var block));
            Assert.Equal(new Height(h), block.Block.Header.Height);
        }

        Assert.False(store.TryRead(new Height(Blocks), out _));
    }

    [Fact]
    public void A_block_that_does_not_follow_the_head_is_not_taken()
    {
        using var folder = new TemporaryFolder();
        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path));
        store.Append(Block(0));

        Assert.Throws<InvalidOperationException>(() => store.Append(Block(2)));
    }

    [Fact]
    public void A_torn_last_block_is_cut_and_the_chain_goes_on()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        var last = Segments(folder)[^1];
        using (var file = File.OpenWrite(last)) file.SetLength(file.Length - 3);

        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment);

        Assert.Equal(new Height(Blocks - 2), store.Head);
        store.Append(Block(Blocks - 1));
        Assert.True(store.TryRead(new Height(Blocks - 1), out _));
    }

    [Fact]
    public void A_damaged_block_in_the_middle_is_never_served()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        var first = Segments(folder)[0];
        var bytes = File.ReadAllBytes(first);
        bytes[RecordFrame.HeadSize + 10] ^= 1;
        File.WriteAllBytes(first, bytes);

        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment); // a sealed segment's payloads are checked when they are read

        Assert.False(store.TryRead(new Height(0), out _));
        Assert.Equal(new Height(0), store.HighestMissing(new Height(Blocks)));
        Assert.True(store.TryRead(new Height(1), out _));
    }

    [Fact]
    public void The_blocks_of_a_segment_that_is_gone_are_missing_and_are_healed_one_by_one()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        File.Delete(Segments(folder)[1]);
        long missing;
        using (var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment))
        {
            Assert.Equal(new Height(Blocks - 1), store.Head);
            missing = store.Missing;
            Assert.True(missing > 1);
            store.Append(Block(store.HighestMissing(new Height(Blocks))!.Value.Value));
            Assert.Equal(missing - 1, store.Missing);
        }

        using var again = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment);
        Assert.Equal(missing - 1, again.Missing);
        while (again.HighestMissing(new Height(Blocks)) is { } height) again.Append(Block(height.Value));
        AssertWhole(again);
    }

    [Fact]
    public void Any_flipped_byte_is_never_served_and_every_block_is_whole_again_once_the_missing_ones_came()
    {
        var sound = new MemoryFolder();
        Fill(sound, blocks: 9, segmentBytes: TinySegment);
        Assert.True(sound.Names(".seg").Count > 2);
        foreach (var name in sound.Names(".seg"))
        {
            var whole = sound[name];
            for (var at = 0; at < whole.Length; at++)
            {
                var damaged = (byte[])whole.Clone();
                damaged[at] ^= 0x10;
                var folder = sound.Copy();
                folder[name] = damaged;
                using (var store = SegmentBlockStore.Open(folder, TinySegment))
                {
                    store.ExtendTo(ChainHead.Of(Block(8))); // as the state's rows show
                    for (var h = 0UL; h < 9; h++) AssertRightOrMissing(store, h);
                    Assert.True(store.Missing is 1 or 2, $"{name} byte {at}: {store.Missing} are missing.");
                    while (store.HighestMissing(new Height(8)) is { } height) store.Append(Block(height.Value));
                    store.Append(Block(9));
                }

                using var again = SegmentBlockStore.Open(folder, TinySegment);
                for (var h = 0UL; h < 10; h++) AssertRightOrMissing(again, h);
                Assert.Equal(0, again.Missing);
                Assert.Equal(new Height(9), again.Head);
            }
        }
    }

    [Fact]
    public void Records_that_stand_inside_a_damaged_record_are_never_taken_for_blocks()
    {
        using var folder = new TemporaryFolder();
        var forged = Block(1, salt: 99);
        var bait = new byte[RecordFrame.HeadSize + forged.Bytes.Length];
        RecordFrame.WriteHead(bait, 1, forged.Bytes.Span);
        forged.Bytes.Span.CopyTo(bait.AsSpan(RecordFrame.HeadSize));
        var path = folder.File(SegmentLoader.NameOf(0));
        using (var file = new RecordFile(new DiskFolder(folder.Path), SegmentLoader.NameOf(0), CommittedBlock.MaxBytes))
        {
            file.Append(0, Block(0).Bytes);
            file.Append(1, bait); // stands for a block whose transaction carries these bytes
            file.Append(2, Block(2).Bytes);
            file.Flush();
        }

        using (var next = new RecordFile(new DiskFolder(folder.Path), SegmentLoader.NameOf(3), CommittedBlock.MaxBytes)) next.Append(3, Block(3).Bytes);
        var bytes = File.ReadAllBytes(path);
        bytes[RecordFrame.HeadSize + Block(0).Bytes.Length] ^= 1;
        File.WriteAllBytes(path, bytes);

        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path));

        Assert.True(store.TryRead(new Height(2), out _));
        Assert.False(store.TryRead(new Height(1), out _));
    }

    [Fact]
    public void On_a_full_disk_the_block_is_not_stored_and_is_once_there_is_room()
    {
        var folder = new MemoryFolder();
        Fill(folder, blocks: 5);
        for (var room = 0; room < Block(5).Bytes.Length + RecordFrame.HeadSize; room += 7)
        {
            var disk = folder.Copy();
            using (var full = SegmentBlockStore.Open(disk, SmallSegment))
            {
                disk.Room = room;
                var fault = Assert.Throws<StorageFaultException>(() => full.Append(Block(5)));
                Assert.True(fault.IsFull);
                Assert.Contains(disk.Describe(SegmentLoader.NameOf(0))[..8], fault.Message, StringComparison.Ordinal);
                Assert.Equal(new Height(4), full.Head);
            }

            disk.Room = null;
            using var store = SegmentBlockStore.Open(disk, SmallSegment);
            store.Append(Block(5));
            for (var h = 0UL; h < 6; h++) Assert.True(store.TryRead(new Height(h), out _));
        }
    }

    [Fact]
    public void A_chain_may_begin_at_any_height()
    {
        using var folder = new TemporaryFolder();
        using (var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment))
            for (var h = 100UL; h < 110; h++)
                store.Append(Block(h));

        using var again = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment);

        Assert.Equal((new Height(100), new Height(109)), (again.Lowest, again.Head!.Value));
        Assert.False(again.TryRead(new Height(99), out _));
        Assert.True(again.TryRead(new Height(100), out _));
        Assert.Equal(0, again.Missing);
    }

    [Fact]
    public void What_was_archived_is_gone_and_the_rest_of_its_segment_stays()
    {
        for (var below = 1UL; below < Blocks; below++)
        {
            var folder = new MemoryFolder();
            Fill(folder, Blocks);
            using (var store = SegmentBlockStore.Open(folder, SmallSegment))
            {
                store.RemoveBelow(new Height(below));
                Check(store, below, Blocks);
                store.Append(Block(Blocks));
            }

            using var again = SegmentBlockStore.Open(folder, SmallSegment);
            Check(again, below, Blocks + 1);
            Assert.True(below < SmallSegment / 500 || !folder.Exists(SegmentLoader.NameOf(0)));
        }

        static void Check(SegmentBlockStore store, ulong lowest, ulong count)
        {
            Assert.Equal((new Height(lowest), new Height(count - 1), 0L), (store.Lowest, store.Head!.Value, store.Missing));
            for (var h = 0UL; h < count; h++) Assert.Equal(h >= lowest, store.TryRead(new Height(h), out _));
        }
    }

    [Fact]
    public void The_oldest_segment_may_go_only_when_it_is_sealed_whole_and_below_the_bound()
    {
        var folder = new MemoryFolder();
        Fill(folder, Blocks);
        using var store = SegmentBlockStore.Open(folder, SmallSegment);
        var second = ulong.Parse(folder.Names(".seg")[1][..20], System.Globalization.CultureInfo.InvariantCulture);

        Assert.False(store.TryOldest(new Height(second - 1), out _, out _));
        Assert.True(store.TryOldest(new Height(second), out var first, out var last));
        Assert.Equal((new Height(0), new Height(second - 1)), (first, last));
        store.RemoveBelow(new Height(Blocks - 1));
        Assert.False(store.TryOldest(new Height(Blocks + 5), out _, out _));
    }

    [Fact]
    public void Another_block_than_the_one_that_is_held_stops_the_node()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment);

        store.Append(Block(3));

        Assert.Throws<NodeFaultException>(() => store.Append(Block(3, salt: 1)));
    }

    private static void AssertRightOrMissing(SegmentBlockStore store, ulong height)
    {
        if (store.TryRead(new Height(height), out var block)) Assert.Equal(Block(height).Bytes.ToArray(), block.Bytes.ToArray());
        else Assert.True(store.Missing > 0);
    }

    private static void AssertWhole(SegmentBlockStore store)
    {
        for (var h = 0UL; h < Blocks; h++)
        {
            Assert.True(store.TryRead(new Height(h), out var block));
            Assert.Equal(Block(h).Bytes.ToArray(), block.Bytes.ToArray());
        }
    }

    private static string[] Segments(TemporaryFolder folder) => [.. Directory.GetFiles(folder.Path, "*.seg").Order(StringComparer.Ordinal)];

    private static void Fill(string path) => Fill(new DiskFolder(path), Blocks);

    private static void Fill(IStorageFolder folder, ulong blocks, long segmentBytes = SmallSegment)
    {
        using var store = SegmentBlockStore.Open(folder, segmentBytes);
        for (var h = 0UL; h < blocks; h++) store.Append(Block(h));
    }

    // Each names the one below as its parent.
    private static CommittedBlock Block(ulong height, ulong salt = 0)
    {
        var parent = height == 0 ? Hash256.Zero : Block(height - 1).Block.Header.Digest;
        CommitCertificate? last = height > 1 ? CommitCertificate.Of(new Height(height - 1), new Round(0), Hash256.From(new byte[32]), []) : null;
        var some = Hash256.From(Enumerable.Repeat((byte)7, 32).ToArray());
        var header = BlockHeader.Of(new HeaderFields(
            ChainId.Parse("test-chain"), new Height(height), parent, new UnixTime(height + 1 + salt), some, Protocol.Blocks.Block.TransactionRoot([]), some,
            Protocol.Blocks.Block.ReceiptRoot([]), some, some, last?.Hash ?? Hash256.Zero));
        var certificate = height == 0 ? null : CommitCertificate.Of(new Height(height), new Round(0), header.Digest, []);
        return CommittedBlock.Of(Protocol.Blocks.Block.Of(header, [], last), certificate, []);
    }
}
