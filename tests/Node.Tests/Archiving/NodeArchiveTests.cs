using Google.Protobuf;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Snapshots;
using LicenceChain.Node.Tests.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Archiving;

public sealed class NodeArchiveTests : IAsyncLifetime, IDisposable
{
    // The replay window, the 1,000 blocks above it that stay, and some to move.
    private const int Blocks = (int)SnapshotChain.Window + 1_000 + 20;
    private const ulong LowestKept = 20;

    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _archive = new();

    [Fact]
    public void A_stopped_node_gives_old_blocks_away_and_keeps_what_it_needs()
    {
        var configuration = _network.Configurations[0] with { DataDirectory = _data.Path };
        using (var chain = new SnapshotChain(_network, _data))
        {
            chain.Grow(Blocks);
            chain.Drain();
        }

        var refusal = Assert.Throws<ArgumentException>(() => NodeArchive.Move(configuration, new Height(LowestKept + 1), _archive.Path));
        Assert.Contains($"--below {LowestKept}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(new ArchiveReport(0, 7, 7), NodeArchive.Move(configuration, new Height(7), _archive.Path));
        Assert.Equal(new ArchiveReport(7, 13, 20), NodeArchive.Move(configuration, new Height(LowestKept), _archive.Path));
        Assert.Equal(0UL, NodeArchive.Move(configuration, new Height(LowestKept), _archive.Path).Blocks);

        using var again = new SnapshotChain(_network, _data);
        var check = BlockArchive.Open(_archive.Path).Verify(again.Anchor, CancellationToken.None);
        Assert.Equal((new Height(0), new Height(LowestKept - 1)), (check.First, check.Last));
        Assert.Equal(new Height(Blocks), again.Chain.Height);
        again.Grow(1);
    }

    [Fact]
    public void An_archived_transaction_is_proven_offline_and_an_archive_that_was_altered_is_refused()
    {
        var configuration = _network.Configurations[0] with { DataDirectory = _data.Path };
        TrustAnchor anchor;
        using (var chain = new SnapshotChain(_network, _data))
        {
            anchor = chain.Anchor;
            chain.Grow(Blocks);
            chain.Drain();
        }

        // 1. Moved away: the node no longer holds the block, the archive proves its transaction to who has the anchor and nothing else.
        NodeArchive.Move(configuration, new Height(LowestKept), _archive.Path);
        using (var again = new SnapshotChain(_network, _data)) Assert.Throws<InvalidOperationException>(() => again.Block(new Height(5)));
        var folder = new DiskFolder(_archive.Path);
        var name = Assert.Single(folder.Names(".seg"));
        var records = Records(folder, name);
        Assert.True(CommittedBlock.TryParse(records[5], out var fifth));
        var id = fifth.Block.Transactions[0].Id;
        Assert.True(BlockArchive.Open(_archive.Path).TryProve(id, CancellationToken.None, out var proof));
        Assert.True(LicenceProof.TryParse(proof.Message.ToByteArray(), out var carried));
        Assert.Equal(id, carried.Verify(anchor)!.Transactions.Single().Transaction.Id);

        // 2. Another transaction in its place, under checksums that hold: refused by the root, and nothing is proven out of it.
        var altered = CommittedBlockMessage.Parser.ParseFrom(records[5]);
        var block = BlockMessage.Parser.ParseFrom(altered.Block);
        Assert.True(CommittedBlock.TryParse(records[6], out var sixth));
        block.Transactions[0] = ByteString.CopyFrom(sixth.Block.Transactions[0].Bytes.Span);
        altered.Block = block.ToByteString();
        records[5] = altered.ToByteArray();
        Rewrite(folder, name, records);
        var fault = Assert.Throws<CorruptStorageException>(() => BlockArchive.Open(_archive.Path).Verify(anchor, CancellationToken.None));
        Assert.Contains("height 5", fault.Message, StringComparison.Ordinal);
        Assert.Throws<CorruptStorageException>(() => BlockArchive.Open(_archive.Path).TryProve(id, CancellationToken.None, out _));

        // 3. A block left out.
        records.RemoveAt(5);
        Rewrite(folder, name, records, without: 5);
        Assert.Contains("does not follow", Assert.Throws<CorruptStorageException>(() => BlockArchive.Open(_archive.Path).Verify(anchor, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_node_moves_whole_segments_and_keeps_them_when_the_archive_does_not_take_them()
    {
        using var chain = new SnapshotChain(_network, _data);
        chain.Grow(Blocks);
        chain.Drain();
        using var blocks = SmallSegments(chain);
        var archive = new MemoryFolder { Room = 100 };
        var world = new World();
        var seams = new NodeSeams(null!, null!, world, world, blocks, null!, null!) { Archive = new ArchivePlan(1, new ArchiveFolder(archive, () => FrozenRows.TryOpen(chain.StatePath))) };
        var archiver = new BlockArchiver(chain.Chain, seams, NullLogger.Instance);
        world.OnEvent = e => archiver.OnArchived(((NodeEvent.SegmentArchived)e).First, ((NodeEvent.SegmentArchived)e).Last, ((NodeEvent.SegmentArchived)e).Failure);

        archiver.OnTick();
        Assert.Equal(new Height(0), blocks.Lowest); // the archive's disk is full, which is no reason to stop
        archive.Room = null;
        for (var tick = 0; tick < 700; tick++) archiver.OnTick();

        Assert.InRange(blocks.Lowest.Value, 1u, LowestKept);
        Assert.Contains(SegmentLoader.NameOf(0), archive.Names(".seg"));
        Assert.Equal(0, blocks.Missing);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    private static List<byte[]> Records(IStorageFolder folder, string name)
    {
        using var file = new RecordFile(folder, name, CommittedBlock.MaxBytes);
        return [.. RecordScan.Of(file, checkPayloads: true).Records.Select(r => file.TryRead(r.Offset, r.Tag, out var bytes) ? bytes : throw new InvalidOperationException("Damaged."))];
    }

    // Each record under its height, of which one may be left out.
    private static void Rewrite(IStorageFolder folder, string name, IReadOnlyList<byte[]> records, int without = int.MaxValue)
    {
        folder.Delete(name);
        using var file = new RecordFile(folder, name, CommittedBlock.MaxBytes);
        for (var i = 0; i < records.Count; i++) file.Append((ulong)(i >= without ? i + 1 : i), records[i]);
        file.Flush();
    }

    public async Task DisposeAsync() => await _network.DisposeAsync();

    public void Dispose()
    {
        _data.Dispose();
        _archive.Dispose();
    }

    private static SegmentBlockStore SmallSegments(SnapshotChain chain)
    {
        var blocks = SegmentBlockStore.Open(new MemoryFolder(), segmentBytes: 4_000);
        for (var height = new Height(0); height.Value <= 40; height = height.Next) blocks.Append(chain.Block(height));
        return blocks;
    }

    private sealed class World : IPeerNetwork, IVerificationPool
    {
        public Action<NodeEvent> OnEvent { get; set; } = static _ => { };

        public void Submit(NodeWork work) => OnEvent(work.Run());

        public void Send(KeyId peer, LinkMessage message)
        {
        }

        public void Broadcast(LinkMessage message)
        {
        }

        public void SetPeers(IReadOnlyList<PeerConfiguration> listed)
        {
        }

        public void Disconnect(KeyId peer, string reason)
        {
        }
    }
}
