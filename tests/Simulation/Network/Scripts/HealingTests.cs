using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Healing;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network.Scripts;

public sealed class HealingTests
{
    private const int Blocks = 8;

    private readonly ScriptedNetwork _script = new();
    private readonly string _segment;

    public HealingTests()
    {
        _script.CommitMany(1, Blocks);
        _segment = Network.Machines[0].Disk.Blocks.Files.Keys.Single(); // what is healed is written beside it
    }

    private SimulatedNetwork Network => _script.Network;

    [Fact]
    public void Whatever_byte_of_a_nodes_blocks_rots_it_starts_heals_from_its_peers_and_votes_on()
    {
        var length = Network.Machines[0].Disk.Blocks.Files[_segment].Length;
        for (var at = 3; at < length; at += 131)
        {
            _script.Restart(0, machine => Flip(machine, at));
            RunUntilHealed();
            AssertSameBlocks();
        }

        Network.Part(3); // now nothing commits without it
        _script.Commit(1);
    }

    [Fact]
    public void Rot_that_nobody_asks_for_is_found_while_the_node_runs_and_healed()
    {
        _script.Restart(0);
        Flip(Network.Machines[0], 2_000); // under the running node

        _script.Run(() => Network.Status(0).HealedBlocks == 1);

        Assert.Equal(0, Network.Status(0).MissingBlocks);
        AssertSameBlocks();
    }

    [Fact]
    public void A_state_that_is_built_anew_over_a_damaged_block_waits_for_the_block_alone()
    {
        _script.Restart(0, machine =>
        {
            Flip(machine, machine.Disk.Blocks.Files[_segment].Length / 2);
            machine.Rows.Clear();
        });
        Assert.InRange(Network.Status(0).Height.Value, 1u, (ulong)Blocks - 1);

        RunUntilHealed();

        AssertSameBlocks();
        Assert.Equal(Network.Status(1).StateRoot, Network.Status(0).StateRoot);
    }

    [Fact]
    public void A_peer_that_answers_with_another_block_is_not_believed()
    {
        var above = Network.Block(1, 5);
        var right = Network.Block(1, 4);
        var header = right.Block.Header.Fields with { Time = right.Block.Header.Time.Plus(1) };
        var other = Block.Of(BlockHeader.Of(header), right.Block.Transactions, right.Block.LastCommit);
        var forged = CommittedBlock.Of(other, CommitCertificate.Of(new Height(4), new Round(0), other.Header.Digest, []), right.Receipts);
        var stripped = CommittedBlock.Of(right.Block, CommitCertificate.Of(new Height(4), new Round(0), right.Block.Header.Digest, []), right.Receipts);
        using var store = SegmentBlockStore.Open(Network.Machines[0].Disk.Archive);
        store.Append(above);

        var refused = Check(store, above, forged);
        var taken = Check(store, above, stripped);

        Assert.Equal((false, 0), (refused.AllHold, refused.Blocks.Count));
        Assert.True(taken.AllHold);
        Assert.Equal(above.Block.LastCommit!.Bytes.ToArray(), taken.Blocks[0].Certificate!.Bytes.ToArray()); // not the peer's, which nobody signed
    }

    private static NodeEvent.HealingChecked Check(SegmentBlockStore store, CommittedBlock head, CommittedBlock answer) =>
        (NodeEvent.HealingChecked)new CheckHealing(store, ChainHead.Of(head), new Height(4), default, [answer.Bytes]).Run();

    private void Flip(SimulatedMachine machine, int at)
    {
        machine.IsRotten = true;
        machine.Disk.Blocks.Files[_segment].Flip(at);
    }

    private void RunUntilHealed() => _script.Run(() => Network.Status(0) is { Peers: 3, MissingBlocks: 0 } && SimulatedNetwork.AreAtOneHead(Network.Members));

    private void AssertSameBlocks()
    {
        for (var height = 0UL; height <= Network.Status(0).Height.Value; height++)
            Assert.Equal(Network.Block(1, height).Block.Bytes.ToArray(), Network.Block(0, height).Block.Bytes.ToArray());
    }
}
