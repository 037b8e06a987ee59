using LicenceChain.Node.Archiving;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Snapshots;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Archiving;

public sealed class ArchiveTests : IAsyncLifetime
{
    private const ulong Below = 5;

    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _archive = new();
    private readonly SnapshotChain _chain;

    public ArchiveTests() => _chain = new SnapshotChain(_network, _data);

    [Fact]
    public void Blocks_moved_to_an_archive_are_checked_from_the_genesis_anchor_and_their_transactions_proven()
    {
        _chain.Grow(8);
        Archive();

        var archive = BlockArchive.Open(_archive.Path);
        var check = archive.Verify(_chain.Anchor, CancellationToken.None);

        Assert.Equal((new Height(0), new Height(Below - 1), _chain.Block(new Height(Below - 1)).Block.Header.Digest), (check.First, check.Last, check.Digest));
        var archived = _chain.Block(new Height(2)).Block.Transactions[0].Id;
        Assert.True(archive.TryProve(archived, CancellationToken.None, out var proof));
        Assert.Equal(archived, proof.Verify(_chain.Anchor)!.Transactions.Single().Transaction.Id);
        Assert.False(archive.TryProve(_chain.Block(new Height(8)).Block.Transactions[0].Id, CancellationToken.None, out _)); // still with the node
    }

    [Fact]
    public void A_byte_that_rots_in_an_archive_is_found_wherever_it_stands()
    {
        _chain.Grow(6);
        Archive();
        var path = Directory.GetFiles(_archive.Path, "*.seg").Single();
        var whole = File.ReadAllBytes(path);

        for (var at = 0; at < whole.Length; at += 211)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 2;
            File.WriteAllBytes(path, damaged);
            Assert.Throws<CorruptStorageException>(() => BlockArchive.Open(_archive.Path).Verify(_chain.Anchor, CancellationToken.None));
        }
    }

    [Fact]
    public void An_archive_of_another_chain_does_not_hold()
    {
        _chain.Grow(6);
        Archive();

        var fault = Assert.Throws<CorruptStorageException>(() =>
            BlockArchive.Open(_archive.Path).Verify(_chain.Anchor with { GenesisHash = Hash256.From(Enumerable.Repeat((byte)1, 32).ToArray()) }, CancellationToken.None));

        Assert.Contains("another chain", fault.Message, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        await _network.DisposeAsync();
        _data.Dispose();
        _archive.Dispose();
    }

    private void Archive()
    {
        _chain.Drain();
        new ArchiveFolder(new DiskFolder(_archive.Path), () => FrozenRows.TryOpen(_chain.StatePath)).Add(_chain.Blocks, new Height(0), new Height(Below - 1));
    }
}
