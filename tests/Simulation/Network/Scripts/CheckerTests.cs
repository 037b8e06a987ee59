using LicenceChain.Node.Storage;
using LicenceChain.Simulation.Network.Checks;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Faults;

namespace LicenceChain.Simulation.Network.Scripts;

/// <summary>A checker that cannot fail proves nothing: each is shown what it is there to find.</summary>
public sealed class CheckerTests
{
    private readonly ScriptedNetwork _script = new();

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void A_key_that_is_run_twice_and_not_declared_is_found_to_contradict_itself()
    {
        RunTwice(0);

        var failure = Assert.Throws<SimulationFailure>(() => CommitMany(rounds: 50));

        Assert.StartsWith("Seat 0, ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-QUORUM")]
    public void With_more_than_f_keys_run_twice_the_chain_forks_and_that_is_found()
    {
        var twins = new[] { RunTwice(0), RunTwice(1) };
        foreach (var seat in new[] { 0, 1 }) _script.Network.Checks.Votes.ByzantineSeats.Add(seat);
        _script.Network.Part([3, .. twins.Select(t => t.Index)]); // two of four on either side, and two that are on both

        var failure = Assert.Throws<SimulationFailure>(() => CommitMany(rounds: 50));

        Assert.Contains("Two blocks are decided at height", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_that_vanish_from_a_disk_are_found_missing()
    {
        _script.Commit(0);
        _script.Converge();
        var machine = _script.Network.Machines[2];
        machine.Kill();
        machine.Disk.Blocks.Remove(_ => true);
        machine.Rows.Clear();

        var failure = Assert.Throws<SimulationFailure>(machine.PowerOn);

        Assert.Contains("committed blocks are lost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-WAL")]
    public void A_vote_that_is_sent_before_it_is_on_the_disk_is_found()
    {
        foreach (var machine in _script.Network.Members) machine.Disk.Temper.Lies = true;

        var failure = Assert.Throws<SimulationFailure>(() => _script.Commit(0));

        Assert.Contains("before it is on its disk", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void A_node_that_votes_although_its_log_was_taken_from_it_is_found()
    {
        _script.Network.Machines[1].TakeLog();

        var failure = Assert.Throws<SimulationFailure>(() => _script.Commit(0));

        Assert.Contains("although its vote log was lost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void A_node_that_takes_a_loss_of_its_log_that_can_be_proven_for_a_torn_write_is_found()
    {
        _script.CommitMany(0, 1);

        _script.Restart(1, machine =>
        {
            var log = machine.Disk.Root.Files[SimulatedNode.VoteLogName];
            Assert.True(MachineFaults.HoldsLaterFlush(log.Content));
            machine.TakeLog();
            log.SetLength(0); // what a torn write is cut to
        });
        var failure = Assert.Throws<SimulationFailure>(() => CommitMany(rounds: 50)); // once its links are up again

        Assert.Contains("although its vote log was lost", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Seed 50101: the power left the head of the mark behind the only vote and not its payload, and the damage of that vote counted as one that its node must notice.</summary>
    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void A_log_is_damaged_only_where_its_node_can_tell_wherever_the_power_cut_it()
    {
        _script.CommitMany(0, 1);
        var whole = _script.Network.Machines[1].Disk.Root.Files[SimulatedNode.VoteLogName].Content.ToArray();
        var disk = _script.Network.AddMachine(1).Disk; // never switched on

        var provable = 0;
        for (var length = RecordFrame.HeadSize; length <= whole.Length; length++)
        {
            var isProvable = MachineFaults.HoldsLaterFlush(whole.AsSpan(0, length));
            if (isProvable) provable++;
            Assert.True(isProvable == IsFoundLost(disk, whole.AsSpan(0, length), length), $"cut to {length} of {whole.Length}");
            byte[] holed = [.. whole.AsSpan(0, length), .. new byte[whole.Length - length]]; // it got its new length before its bytes
            Assert.True(MachineFaults.HoldsLaterFlush(holed) == IsFoundLost(disk, holed, length), $"zeros from {length} of {whole.Length} on");
        }

        Assert.InRange(provable, 1, whole.Length - (2 * RecordFrame.HeadSize)); // neither all nor none
    }

    [Fact]
    public void An_acknowledgement_of_what_is_not_in_the_chain_is_found()
    {
        var result = _script.Commit(0);
        var told = new ChainCheck.SubmitResultPlace(result.Transaction!.Value, result.Height!.Value, result.Index + 1, result.Receipt!);

        Assert.Throws<SimulationFailure>(() => _script.Network.Checks.Chain.RequireCommitted(0, told));
    }

    [Fact]
    public void A_network_without_a_quorum_is_found_to_stand_still()
    {
        _script.Network.Part(0, 1);

        Assert.Throws<SimulationFailure>(() => _script.Commit(2));
    }

    // With one bit of the first head changed, another byte's each time.
    private static bool IsFoundLost(SimulatedDisk disk, ReadOnlySpan<byte> log, int turn)
    {
        var file = new SimulatedFile();
        file.Write(log, 0);
        file.Flip(turn % RecordFrame.HeadSize);
        file.Flush();
        disk.Root.Remove(_ => true);
        disk.Root.Put(SimulatedNode.VoteLogName, file);
        using var opened = VoteLog.Open(disk.Root, SimulatedNode.VoteLogName, mustExist: true);
        return opened.WasLost;
    }

    private SimulatedMachine RunTwice(int seat)
    {
        var twin = _script.Network.AddMachine(seat);
        twin.PowerOn();
        return twin;
    }

    private void CommitMany(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            _script.Submit(2);
            _script.Submit(3);
            _script.Network.RunFor(5_000);
        }
    }
}
