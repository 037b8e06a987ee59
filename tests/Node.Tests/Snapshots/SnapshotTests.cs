using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Snapshots;

[Trait("Rule", "C-SYNC")]
public sealed class SnapshotTests : IAsyncLifetime
{
    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotChain _chain;

    public SnapshotTests()
    {
        _chain = new SnapshotChain(_network, _folder);
        _chain.Grow(25);
    }

    [Fact]
    public void A_snapshot_gives_the_state_and_the_blocks_of_the_replay_window()
    {
        var manifest = _chain.MakeSnapshot();

        Assert.Equal("", _chain.Install(manifest, _folder.File("joined")));

        using var joined = new InstalledChain(_folder.File("joined"), _chain);
        Assert.Equal(25UL, joined.Chain.Height.Value);
        Assert.Equal(_chain.Chain.Tree.Root, joined.Chain.Tree.Root);
        Assert.Equal(15UL, joined.Blocks.Lowest.Value);
        Assert.Equal(_chain.Chain.Next.Hash, joined.Chain.Next.Hash);
    }

    [Fact]
    public void Later_blocks_give_the_same_roots_on_a_joined_chain()
    {
        Assert.Equal("", _chain.Install(_chain.MakeSnapshot(), _folder.File("joined")));
        using var joined = new InstalledChain(_folder.File("joined"), _chain);

        for (var i = 0; i < 15; i++)
        {
            var block = _chain.Add(_network.Transaction(0, _chain.Chain.Height.Value + 5));
            joined.Chain.Append(block.Block, block.Certificate!, joined.Chain.Execute(block.Block.Header.Time, block.Block.Transactions));
        }

        Assert.Equal(_chain.Chain.Tree.Root, joined.Chain.Tree.Root);
        Assert.Equal(_chain.Chain.Replay.Count, joined.Chain.Replay.Count);
    }

    [Fact]
    public void A_transaction_that_was_committed_below_the_snapshot_is_still_refused_above_it()
    {
        var transaction = _network.Transaction(0, _chain.Chain.Height.Value + 8);
        _chain.Add(transaction);
        _chain.Grow(3);
        var manifest = _chain.MakeSnapshot();

        Assert.Equal("", _chain.Install(manifest, _folder.File("joined")));

        using var joined = new InstalledChain(_folder.File("joined"), _chain);
        Assert.True(joined.Chain.Replay.Contains(transaction.Id));
    }

    [Fact]
    public void The_interval_makes_a_snapshot_of_exactly_its_height_while_blocks_go_on()
    {
        _chain.Grow(100);

        var manifest = _chain.Await(100);

        Assert.Equal("", _chain.Install(manifest, _folder.File("joined")));
        using var joined = new InstalledChain(_folder.File("joined"), _chain);
        Assert.Equal(100UL, joined.Chain.Height.Value);
    }

    [Fact]
    public void Only_the_newest_snapshots_are_kept()
    {
        _chain.MakeSnapshot();
        _chain.Grow(1);
        _chain.MakeSnapshot();
        _chain.Grow(1);
        _chain.MakeSnapshot();

        Assert.Equal([27UL, 26UL], _chain.Shelf.Heights().Select(h => h.Value));
    }

    [Fact]
    public void A_damaged_chunk_is_not_served()
    {
        var manifest = _chain.MakeSnapshot();
        Assert.False(_chain.Shelf.Chunk(manifest.Height, 0).IsEmpty);
        var path = Directory.GetFiles(_chain.Shelf.Files(manifest.Height).Folder, "chunk-000000").Single();
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.True(_chain.Shelf.Chunk(manifest.Height, 0).IsEmpty);
    }

    [Fact]
    public void What_a_crash_left_of_the_last_moves_is_finished_at_the_next_start()
    {
        var manifest = _chain.MakeSnapshot();
        var data = _folder.File("joined");
        Assert.Equal("", _chain.Install(manifest, data));
        // As if the power had gone after the blocks were moved and before the rows were.
        Directory.CreateDirectory(Path.Combine(data, "joining"));
        File.Move(Path.Combine(data, "state.db"), Path.Combine(data, "joining", "state.db"));
        File.WriteAllText(Path.Combine(data, "joining", "READY"), "");

        var folder = JoinFolder.Of(data);
        folder.FinishIfReady();

        Assert.False(folder.IsUnfinished);
        using var joined = new InstalledChain(data, _chain);
        Assert.Equal(_chain.Chain.Tree.Root, joined.Chain.Tree.Root);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        _folder.Dispose();
        await _network.DisposeAsync();
    }
}
