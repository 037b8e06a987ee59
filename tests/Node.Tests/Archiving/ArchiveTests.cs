using LicenceChain.Node.Archiving;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Archiving;

public sealed class ArchiveTests : IAsyncLifetime
{
    private const ulong Below = 5;

    private readonly TestNetwork _files = TestNetwork.Create();
    private readonly TemporaryFolder _archive = new();

    [Fact]
    public void Blocks_moved_to_an_archive_are_checked_from_the_genesis_anchor_and_their_transactions_proven()
    {
        using var network = new SimulatedNetwork(_files);
        var ids = Commit(network, 8);
        Archive(network, 0);

        var archive = BlockArchive.Open(_archive.Path);
        var check = archive.Verify(Anchor(network), CancellationToken.None);

        Assert.Equal((new Height(0), new Height(Below - 1), network.Block(1, Below - 1).Block.Header.Digest), (check.First, check.Last, check.Digest));
        Assert.True(archive.TryProve(ids[1], CancellationToken.None, out var proof));
        var facts = proof.Verify(Anchor(network));
        Assert.Equal(ids[1], facts!.Transactions.Single().Transaction.Id);
        Assert.False(archive.TryProve(ids[^1], CancellationToken.None, out _)); // still with the node
    }

    [Fact]
    public void A_byte_that_rots_in_an_archive_is_found_wherever_it_stands()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, 6);
        Archive(network, 0);
        var anchor = Anchor(network);
        var path = Directory.GetFiles(_archive.Path, "*.seg").Single();
        var whole = File.ReadAllBytes(path);

        for (var at = 0; at < whole.Length; at += 211)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 2;
            File.WriteAllBytes(path, damaged);
            Assert.Throws<CorruptStorageException>(() => BlockArchive.Open(_archive.Path).Verify(anchor, CancellationToken.None));
        }
    }

    [Fact]
    public void An_archive_of_another_chain_does_not_hold()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, 6);
        Archive(network, 0);

        var fault = Assert.Throws<CorruptStorageException>(() =>
            BlockArchive.Open(_archive.Path).Verify(Anchor(network) with { GenesisHash = Hash256.From(Enumerable.Repeat((byte)1, 32).ToArray()) }, CancellationToken.None));

        Assert.Contains("another chain", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_a_node_that_starts_from_nothing_asks_only_who_still_holds_the_first_blocks()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, 8);
        Archive(network, 0);
        Archive(network, 1);

        network.Restart(3, () =>
        {
            Directory.Delete(network.FileOf(3, "blocks"), recursive: true);
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(network.FileOf(3, "state.db"))!, "*3.*")) File.Delete(file);
        });
        network.Run(() => network.Status(3).Head == network.Status(2).Head);

        Assert.Equal(new Height(Below), network.Status(0).LowestBlock);
        Assert.Equal(network.Block(2, 1).Bytes.ToArray().Length, network.Block(3, 1).Bytes.ToArray().Length);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _files.DisposeAsync();
        _archive.Dispose();
    }

    private static TrustAnchor Anchor(SimulatedNetwork network) =>
        new(network.Status(0).Chain, network.Status(0).GenesisHash, new Height(0), network.Validators);

    private void Archive(SimulatedNetwork network, int node) => network.Restart(node, () =>
    {
        using var blocks = SegmentBlockStore.Open(new DiskFolder(network.FileOf(node, "blocks")));
        new ArchiveFolder(new DiskFolder(_archive.Path), () => FrozenRows.TryOpen(network.FileOf(node, "state.db"))).Add(blocks, new Height(0), new Height(Below - 1));
        blocks.RemoveBelow(new Height(Below));
    });

    private List<TransactionId> Commit(SimulatedNetwork network, int times)
    {
        var ids = new List<TransactionId>();
        for (var i = 0; i < times; i++)
        {
            var transaction = _files.Transaction(1, validUntil: 100);
            ids.Add(transaction.Id);
            var submission = network.Submit(1, transaction);
            network.Run(() => submission.Result.IsCompleted);
            Assert.Equal(Refusal.Ok, submission.Result.Result.Receipt?.Code);
        }

        network.Run(() => Enumerable.Range(0, 4).All(n => network.Status(n).Head == network.Status(1).Head));
        return ids;
    }
}
