using LicenceChain.Node.Archiving;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Snapshots;
using LicenceChain.Node.Tests.Storage;
using LicenceChain.Protocol.Primitives;
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
