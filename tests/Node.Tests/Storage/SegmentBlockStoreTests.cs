using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Storage;

public sealed class SegmentBlockStoreTests
{
    private const int Blocks = 20;
    private const long SmallSegment = 1500;

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
        var last = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Last();
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
        var first = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(first);
        bytes[RecordFrame.HeadSize + 10] ^= 1;
        File.WriteAllBytes(first, bytes);

        using var store = SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment); // a sealed segment's payloads are checked when they are read

        Assert.Throws<CorruptStorageException>(() => store.TryRead(new Height(0), out _));
        Assert.True(store.TryRead(new Height(1), out _));
    }

    [Fact]
    public void A_missing_segment_is_reported_at_open()
    {
        using var folder = new TemporaryFolder();
        Fill(folder.Path);
        File.Delete(Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ElementAt(1));

        Assert.Throws<CorruptStorageException>(() => SegmentBlockStore.Open(new DiskFolder(folder.Path), SmallSegment));
    }

    private static void Fill(string path)
    {
        using var store = SegmentBlockStore.Open(new DiskFolder(path), SmallSegment);
        for (var h = 0UL; h < Blocks; h++) store.Append(Block(h));
    }

    private static CommittedBlock Block(ulong height)
    {
        CommitCertificate? last = height > 1 ? CommitCertificate.Of(new Height(height - 1), new Round(0), Hash256.From(new byte[32]), []) : null;
        var some = Hash256.From(Enumerable.Repeat((byte)7, 32).ToArray());
        var header = BlockHeader.Of(new HeaderFields(
            ChainId.Parse("test-chain"), new Height(height), some, new UnixTime(height + 1), some, Protocol.Blocks.Block.TransactionRoot([]), some,
            Protocol.Blocks.Block.ReceiptRoot([]), some, some, last?.Hash ?? Hash256.Zero));
        var certificate = height == 0 ? null : CommitCertificate.Of(new Height(height), new Round(0), header.Digest, []);
        return CommittedBlock.Of(Protocol.Blocks.Block.Of(header, [], last), certificate, []);
    }
}
