namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What takes blocks from a machine, and how it gets them again: by a snapshot that its peers made.</summary>
internal sealed class DataFaults(SimulatedNetwork network, FaultPlan plan, MachineFaults machines, SeededRandom random)
{
    private const ulong LookUs = 5 * SimulatedTime.Second;

    /// <summary>From now on nodes make snapshots, and who stands below all that its peers hold is helped.</summary>
    public void MakeSnapshots()
    {
        network.Snapshots = Joining.SnapshotPlan.Draw(random);
        if (network.Trace.IsWritten) network.Trace.Line(-1, $"snapshots: every {network.Snapshots.Options.Interval} blocks, chunks of {network.Snapshots.ChunkBytes} bytes, taken from height {network.Snapshots.Options.JoinAbove} on");
        Look();
    }

    /// <summary>From now on nodes archive what they need not keep.</summary>
    public void ArchiveAll() => network.KeptBlocks = (uint)random.Between(1, 20);

    /// <summary>A machine's blocks, rows and snapshots are gone, and with them its vote log where its seat may lose it; or an operator asks a node for a snapshot.</summary>
    public void LoseData()
    {
        if (plan.RottenSeats.Count == 0 || random.Chance(300))
        {
            if (network.Members.Where(m => m.Node is not null).ToList() is { Count: > 0 } running) random.Pick(running).Node!.Snapshots?.Make();
            return;
        }

        var machine = network.Machines[random.Pick(plan.RottenSeats)];
        if (machine.Node is not { } node || node.Chain.Height.Value == 0) return;
        if (machines.MayLoseLog(machine) && random.Chance(300)) machines.TakeLog(machine);
        else machine.LosePower();
        Empty(machine, "are gone");
    }

    // What an operator does for a node that stopped following: all others have archived what it needs next.
    private void Look()
    {
        network.Time.After(LookUs, Look);
        foreach (var machine in network.Members)
        {
            if (machine.Node is not { } node) continue;
            var others = network.Members.Where(other => other != machine && other.Node is not null).ToList();
            if (others.Count == 0 || others.Exists(other => other.Node!.Blocks.Lowest <= node.Chain.Height.Next)) continue;
            foreach (var other in others) other.Node!.Snapshots?.Make();
            machine.Kill();
            Empty(machine, "are removed by its operator");
        }
    }

    private void Empty(SimulatedMachine machine, string what)
    {
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, $"its blocks, rows and snapshots {what}");
        foreach (var folder in (string[])["blocks", "snapshots"]) machine.Disk.Tree.Remove(folder);
        machine.Rows.Clear();
        network.Checks.Chain.Forget(machine);
    }
}
