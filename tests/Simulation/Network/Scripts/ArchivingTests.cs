using LicenceChain.Node.Archiving;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network.Scripts;

public sealed class ArchivingTests
{
    private const ulong Below = 5;

    private readonly ScriptedNetwork _script = new();

    public ArchivingTests()
    {
        _script.CommitMany(1, 8);
        foreach (var node in (int[])[0, 1]) _script.Restart(node, Archive);
    }

    private SimulatedNetwork Network => _script.Network;

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_a_node_that_starts_from_nothing_asks_only_who_still_holds_the_first_blocks()
    {
        _script.Restart(3, machine =>
        {
            machine.Disk.Tree.Remove("blocks");
            machine.Rows.Clear();
            Network.Checks.Chain.Forget(machine);
        });
        _script.Converge();

        Assert.Equal(new Height(Below), Network.Status(0).LowestBlock);
        Assert.Equal(Network.Block(2, 1).Block.Bytes.ToArray(), Network.Block(3, 1).Block.Bytes.ToArray());
    }

    [Fact]
    [Trait("Rule", "C-ALARM")]
    public void C_ALARM_a_node_below_every_block_that_its_peers_hold_says_that_its_history_is_gone()
    {
        _script.Restart(2, Archive);
        _script.Restart(3, machine =>
        {
            machine.Disk.Tree.Remove("blocks");
            machine.Rows.Clear();
            Network.Checks.Chain.Forget(machine);
        });

        _script.Run(() => Network.Machines[3].Node!.Publisher.Why.Own.Standing.Reason == "history-gone");

        var own = Network.Machines[3].Node!.Publisher.Why.Own.Standing;
        Assert.Equal(("It stands at height 0; its peers hold no block below 5.", new Height(0)), (own.Detail, own.Height));
    }

    [Fact]
    public void What_was_archived_is_whole_and_what_an_archive_lost_is_found_missing()
    {
        _script.Converge();
        Network.Checks.RequireWhole(Network.Machines[0]);
        Network.Machines[0].Disk.Archive.Remove(name => name.EndsWith(".seg", StringComparison.Ordinal));

        var failure = Assert.Throws<SimulationFailure>(() => Network.Checks.RequireWhole(Network.Machines[0]));

        Assert.Contains("neither on the disk", failure.Message, StringComparison.Ordinal);
    }

    private static void Archive(SimulatedMachine machine)
    {
        using var blocks = SegmentBlockStore.Open(machine.Disk.Blocks);
        new ArchiveFolder(machine.Disk.Archive, machine.Rows.Freeze).Add(blocks, new Height(0), new Height(Below - 1));
        blocks.RemoveBelow(new Height(Below));
    }
}
