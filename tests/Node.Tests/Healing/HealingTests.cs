using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Healing;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Loop;
using LicenceChain.Node.Tests.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Healing;

public sealed class HealingTests : IAsyncLifetime
{
    private const int Blocks = 8;

    private readonly TestNetwork _files = TestNetwork.Create();

    [Fact]
    public void Whatever_byte_of_a_nodes_blocks_rots_it_starts_heals_from_its_peers_and_votes_on()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, Blocks);
        var segment = Directory.GetFiles(network.FileOf(0, "blocks"), "*.seg").Single();
        for (long at = 3; at < new FileInfo(segment).Length; at += 131)
        {
            network.Restart(0, () => Flip(segment, at));
            network.Run(() => SameHead(network) && network.Status(0) is { Peers: 3, MissingBlocks: 0 });
            AssertSameBlocks(network);
        }

        network.Cut(3); // now nothing commits without it
        Commit(network, 1);
    }

    [Fact]
    public void Rot_that_nobody_asks_for_is_found_while_the_node_runs_and_healed()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, Blocks);
        var segment = Directory.GetFiles(network.FileOf(0, "blocks"), "*.seg").Single();
        network.Restart(0);
        Flip(segment, 2_000); // under the running node

        network.Run(() => network.Status(0).HealedBlocks == 1);

        Assert.Equal(0, network.Status(0).MissingBlocks);
        AssertSameBlocks(network);
    }

    [Fact]
    public void A_state_that_is_built_anew_over_a_damaged_block_waits_for_the_block_alone()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, Blocks);
        var segment = Directory.GetFiles(network.FileOf(0, "blocks"), "*.seg").Single();
        network.Restart(0, () =>
        {
            Flip(segment, new FileInfo(segment).Length / 2);
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(network.FileOf(0, "state.db"))!, "state0.db*")) File.Delete(file);
        });
        Assert.InRange(network.Status(0).Height.Value, 1u, (ulong)Blocks - 1);

        network.Run(() => SameHead(network) && network.Status(0) is { Peers: 3, MissingBlocks: 0 });

        AssertSameBlocks(network);
        Assert.Equal(network.Status(1).StateRoot, network.Status(0).StateRoot);
    }

    [Fact]
    public void A_peer_that_answers_with_another_block_is_not_believed()
    {
        using var network = new SimulatedNetwork(_files);
        Commit(network, Blocks);
        var above = network.Block(1, 5);
        var right = network.Block(1, 4);
        var header = right.Block.Header.Fields with { Time = right.Block.Header.Time.Plus(1) };
        var other = Block.Of(BlockHeader.Of(header), right.Block.Transactions, right.Block.LastCommit);
        var forged = CommittedBlock.Of(other, CommitCertificate.Of(new Height(4), new Round(0), other.Header.Digest, []), right.Receipts);
        var stripped = CommittedBlock.Of(right.Block, CommitCertificate.Of(new Height(4), new Round(0), right.Block.Header.Digest, []), right.Receipts);
        using var store = SegmentBlockStore.Open(new MemoryFolder());
        store.Append(above);

        var refused = Check(store, above, forged);
        var taken = Check(store, above, stripped);

        Assert.Equal((false, 0), (refused.AllHold, refused.Blocks.Count));
        Assert.True(taken.AllHold);
        Assert.Equal(above.Block.LastCommit!.Bytes.ToArray(), taken.Blocks[0].Certificate!.Bytes.ToArray()); // not the peer's, which nobody signed
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    private static NodeEvent.HealingChecked Check(SegmentBlockStore store, CommittedBlock head, CommittedBlock answer) =>
        (NodeEvent.HealingChecked)new CheckHealing(store, ChainHead.Of(head), new Height(4), default, [answer.Bytes]).Run();

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(old ^ 0x20));
    }

    private static bool SameHead(SimulatedNetwork network) => Enumerable.Range(1, 3).All(n => network.Status(n).Head == network.Status(0).Head);

    private static void AssertSameBlocks(SimulatedNetwork network)
    {
        for (var height = 0UL; height <= network.Status(0).Height.Value; height++)
            Assert.Equal(network.Block(1, height).Block.Bytes.ToArray(), network.Block(0, height).Block.Bytes.ToArray());
    }

    private void Commit(SimulatedNetwork network, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var submission = network.Submit(1, _files.Transaction(1, validUntil: 100));
            network.Run(() => submission.Result.IsCompleted);
            Assert.Equal(Refusal.Ok, submission.Result.Result.Receipt?.Code);
        }

        network.Run(() => network.Status(1).Head == network.Status(0).Head);
    }
}
