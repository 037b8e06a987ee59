using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Network.Joining;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>A machine whose blocks and rows are gone comes to the head by a snapshot that its peers made.</summary>
[Trait("Rule", "C-SYNC")]
public sealed class JoinTests
{
    private const int Lost = 2;

    // What a join of this chain costs, with some of the node's start after it.
    private const int Operations = 240;
    private const int Step = 40;

    // Making one is shorter.
    private const int MakingOperations = 80;

    public static TheoryData<int> MakingParts => [.. Enumerable.Range(0, MakingOperations / Step).Select(part => part * Step)];

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, Operations / Step).Select(part => part * Step)];

    [Fact]
    public void It_joins_once_and_votes_on()
    {
        var script = Lose(seed: 1);
        var machine = script.Network.Machines[Lost];
        var before = machine.Operations;
        machine.PowerOn();
        script.Run(() => machine.Node is not null);
        Assert.InRange((int)(machine.Operations - before), 1, Operations);
        script.Converge();
        script.Network.Part(3); // now nothing commits without it
        script.Commit(0);

        Assert.Equal(1, script.Network.Joined);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Power_that_goes_at_any_write_flush_or_send_of_a_join_only_delays_it(int first)
    {
        for (var operation = first + 1; operation <= first + Step; operation++)
        {
            var script = Lose(seed: operation);
            var network = script.Network;
            var machine = network.Machines[Lost];
            network.WhenDown = down => network.Time.After(300 * SimulatedTime.Ms, down.PowerOn);
            machine.Disk.Temper.TearsWrites = true;
            machine.CrashIn = operation;
            machine.PowerOn();
            script.Converge();
            machine.CrashIn = 0;
            network.Part(3);
            script.Commit(0);

            Assert.Equal(1, network.Joined);
            network.Checks.Chain.RequireWhole(machine);
        }
    }

    [Theory]
    [MemberData(nameof(MakingParts))]
    public void Power_that_goes_while_a_snapshot_is_made_leaves_none_that_does_not_hold(int first)
    {
        for (var operation = first + 1; operation <= first + Step; operation++)
        {
            var script = Start(seed: operation);
            var network = script.Network;
            var maker = network.Machines[0];
            network.WhenDown = down => network.Time.After(300 * SimulatedTime.Ms, down.PowerOn);
            maker.Disk.Temper.TearsWrites = true;
            maker.Node!.Snapshots!.Make();
            maker.CrashIn = operation;
            network.RunFor(1_000);
            maker.CrashIn = 0;
            script.Run(() => maker.Node is not null);

            var shelf = maker.Node!.Snapshots!.Shelf;
            foreach (var height in shelf.Heights())
            {
                Assert.True(shelf.Files(height).TryReadManifest(out var manifest));
                for (var chunk = 0; chunk < manifest.Chunks.Count; chunk++) Assert.False(shelf.Chunk(height, chunk).IsEmpty);
            }
        }
    }

    [Fact]
    public void A_snapshot_that_a_correct_peer_offers_and_that_is_not_the_state_of_its_header_is_found()
    {
        var script = Lose(seed: 1, makers: [0]);
        var shelf = script.Network.Machines[0].Node!.Snapshots!.Shelf;
        var height = shelf.Heights()[0];
        Assert.True(shelf.Files(height).TryReadManifest(out var manifest));
        Assert.True(shelf.Files(height).TryReadChunk(manifest, 0, out var chunk));
        var rows = SnapshotRowsMessage.Parser.ParseFrom(chunk.Span);
        rows.Rows.RemoveAt(0);
        var forged = SnapshotManifestMessage.Parser.ParseFrom(manifest.Bytes.Span);
        forged.RowChunks[0] = ByteString.CopyFrom(ChunkDigest.Of(rows.ToByteArray()).Span);
        shelf.Files(height).WriteChunk(0, rows.ToByteArray(), flush: true);
        shelf.Files(height).WriteManifest(SnapshotManifest.Of(forged));
        script.Restart(0);
        script.Network.Machines[Lost].PowerOn();

        var failure = Assert.Throws<SimulationFailure>(() => script.Converge());

        Assert.Contains("that does not hold: its rows give the state root", failure.Message, StringComparison.Ordinal);
    }

    private static ScriptedNetwork Start(int seed)
    {
        var script = new ScriptedNetwork(seed: seed);
        script.Network.Snapshots = new SnapshotPlan(new SnapshotOptions { Interval = 0, JoinAbove = 3 }, ChunkBytes: 2_048);
        foreach (var machine in script.Network.Members)
        {
            machine.Kill();
            machine.PowerOn();
        }

        for (var i = 0; i < 5; i++) script.Commit(0);
        script.Converge();
        return script;
    }

    private static ScriptedNetwork Lose(int seed, params int[] makers)
    {
        var script = Start(seed);
        var network = script.Network;
        foreach (var machine in network.Members.Where(m => makers.Length == 0 || makers.Contains(m.Index))) machine.Node!.Snapshots!.Make();
        network.RunFor(1_000);
        script.Commit(0);
        var lost = network.Machines[Lost];
        lost.Kill();
        foreach (var folder in (string[])["blocks", "snapshots"]) lost.Disk.Tree.Remove(folder);
        lost.Rows.Clear();
        network.Checks.Chain.Forget(lost);
        return script;
    }
}
