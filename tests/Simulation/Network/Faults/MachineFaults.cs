using LicenceChain.Node.Storage;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What happens to machines: power, keys, vote logs, clocks.</summary>
internal sealed class MachineFaults(SimulatedNetwork network, FaultPlan plan, SeededRandom random, Func<bool> isCalm)
{
    // Operations ahead: from the very next one to those of a few blocks.
    private const int MostOperationsAhead = 400;
    private const long SlightSkewMs = 4_000;
    private const long JumpMs = 3_600_000;

    private readonly List<SimulatedMachine> _twins = [];
    private readonly HashSet<int> _twinned = [];

    /// <summary>Seats that abstain, or whose votes mean nothing any more.</summary>
    public int LostSeats => network.Members.Count(m => m.IsLogTaken || _twinned.Contains(m.Seat));

    /// <summary>One machine, or now and then all at once.</summary>
    public void Crash()
    {
        if (random.Chance(60))
        {
            foreach (var machine in network.Machines.Where(m => m.IsOn).ToList()) machine.LosePower();
            return;
        }

        if (PickOn() is not { } one) return;
        if (random.Chance(300)) one.Kill();
        else one.LosePower();
    }

    /// <summary>The power goes at some operation from now.</summary>
    public void ArmCrash()
    {
        if (PickOn() is { } machine) machine.CrashIn = 1 + random.Below(random.Chance(500) ? 20 : MostOperationsAhead);
    }

    /// <summary>C-RESTART: the log vanishes, or its beginning is damaged, while the node is down.</summary>
    public void LoseLog()
    {
        var seats = plan.FaultySeats.Where(seat => MayLoseLog(network.Machines[seat])).ToList();
        if (seats.Count > 0 && network.Machines[random.Pick(seats)] is { IsOn: true } machine) TakeLog(machine);
    }

    /// <summary>True for a machine whose key runs once and that has its vote log, among those that may lose it.</summary>
    public bool MayLoseLog(SimulatedMachine machine) => plan.FaultySeats.Contains(machine.Index) && !_twinned.Contains(machine.Seat) && !machine.IsLogTaken;

    /// <summary>The power goes, and the vote log with it or the beginning of it.</summary>
    public void TakeLog(SimulatedMachine machine)
    {
        machine.LosePower();
        if (!machine.Disk.Root.Files.TryGetValue(SimulatedNode.VoteLogName, out var log) || !machine.HasVoted) return; // what never voted loses nothing
        machine.TakeLog();
        var vanishes = random.Chance(500) || !HoldsLaterFlush(log.Content);
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, vanishes ? "its vote log vanishes" : "its vote log is damaged");
        if (vanishes) machine.Disk.Root.Remove(name => name == SimulatedNode.VoteLogName);
        else log.RotFirst(random);
    }

    /// <summary>
    /// True where damage at the beginning of a vote log shows by what was written after it and is whole: damage to the last write looks as if the power had torn it, and
    /// a head that the power left without its payload proves nothing. A node that forgets such a vote is among the f, and what it then does no promise.
    /// </summary>
    public static bool HoldsLaterFlush(ReadOnlySpan<byte> log)
    {
        for (var rest = log; RecordFrame.TryReadHead(rest, VoteLog.MaxRecordBytes, out var head) && head.Length <= rest.Length - RecordFrame.HeadSize; rest = rest[(RecordFrame.HeadSize + head.Length)..])
            if (head.Tag > 0 && RecordFrame.Checksum(rest.Slice(RecordFrame.HeadSize, head.Length)) == head.PayloadChecksum)
                return true;
        return false;
    }

    /// <summary>A second machine with the same key, and a copy of the data or none, for a while.</summary>
    public void RunTwice()
    {
        var seats = plan.FaultySeats.Where(seat => !network.Machines[seat].IsLogTaken && !_twinned.Contains(seat)).ToList();
        if (seats.Count == 0) return;
        var seat = random.Pick(seats);
        _twinned.Add(seat);
        network.Checks.Votes.ByzantineSeats.Add(seat);
        var twin = network.AddMachine(seat);
        _twins.Add(twin);
        var isCopy = random.Chance(500);
        if (isCopy)
        {
            twin.Disk.CopyFrom(network.Machines[seat].Disk);
            twin.Rows.CopyFrom(network.Machines[seat].Rows);
            twin.BuiltRows.CopyFrom(network.Machines[seat].BuiltRows);
            twin.IsRotten = network.Machines[seat].IsRotten;
        }

        if (network.Trace.IsWritten) network.Trace.Line(twin.Index, $"runs the key of node{seat} a second time, with {(isCopy ? "a copy of its data" : "no data")}");
        twin.PowerOn();
        network.Time.After(random.Between(SimulatedTime.Second, 60 * SimulatedTime.Second), () => Retire(twin));
    }

    /// <summary>A clock is slightly off, or, for at most f, by an hour.</summary>
    public void SetClock()
    {
        var machine = random.Pick(network.Machines);
        var isMad = plan.MadClocks.Contains(machine.Index) && random.Chance(500);
        machine.ClockOffsetMs = isMad ? (random.Chance(500) ? JumpMs : -JumpMs) : (long)random.Between(0, 2 * SlightSkewMs) - SlightSkewMs;
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, $"its clock is set {machine.ClockOffsetMs} ms off");
    }

    /// <summary>Clocks are right, keys run once; who found its key in use elsewhere is started again.</summary>
    public void Calm()
    {
        foreach (var machine in network.Machines) machine.ClockOffsetMs = 0;
        foreach (var twin in _twins) Retire(twin);
        foreach (var seat in _twinned)
            if (network.Machines[seat].IsOn)
                network.Machines[seat].Kill();
    }

    private static void Retire(SimulatedMachine twin)
    {
        twin.IsRetired = true;
        if (twin.IsOn) twin.Kill();
    }

    private SimulatedMachine? PickOn()
    {
        if (isCalm()) return null;
        var on = network.Machines.Where(m => m.IsOn).ToList();
        return on.Count == 0 ? null : random.Pick(on);
    }
}
