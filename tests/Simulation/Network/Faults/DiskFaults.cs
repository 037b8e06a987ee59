using LicenceChain.Simulation.Network.Disks;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What happens to disks.</summary>
internal sealed class DiskFaults(SimulatedNetwork network, FaultPlan plan, SeededRandom random, Func<bool> isCalm)
{
    private const ulong MostUs = 60 * SimulatedTime.Second;

    /// <summary>From now on no disk keeps an unflushed write whole.</summary>
    public void TearAll()
    {
        foreach (var machine in network.Machines) machine.Disk.Temper.TearsWrites = true;
    }

    /// <summary>A bit of a stored block changes.</summary>
    public void Rot()
    {
        if (plan.RottenSeats.Count == 0) return;
        var machine = network.Machines[random.Pick(plan.RottenSeats)];
        var files = machine.Disk.Blocks.Files.Values.ToList();
        if (files.Count == 0) return;
        machine.IsRotten = true;
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, "a bit of its blocks changes");
        random.Pick(files).Rot(random);
    }

    /// <summary>The disk has little room left, or none; later there is room again, and a node that had to stop is started.</summary>
    public void Fill()
    {
        var machine = random.Pick(network.Machines);
        if (machine.Disk.Temper.RoomLeft is not null) return;
        machine.Disk.Temper.RoomLeft = random.Below(20_000);
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, $"its disk has room for {machine.Disk.Temper.RoomLeft} bytes");
        Later(() =>
        {
            machine.Disk.Temper.RoomLeft = null;
            machine.PowerOn();
        });
    }

    /// <summary>Flushes take long.</summary>
    public void Slow()
    {
        var machine = random.Pick(network.Machines);
        machine.Disk.Temper.FlushUs = random.Between(10 * SimulatedTime.Ms, 3 * SimulatedTime.Second);
        machine.MostRowsUs = random.Between(20 * SimulatedTime.Ms, 5 * SimulatedTime.Second);
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, $"a flush takes {machine.Disk.Temper.FlushUs / 1000} ms");
        Later(() => Restore(machine));
    }

    /// <summary>Every disk is quick and has room.</summary>
    public void Calm()
    {
        foreach (var machine in network.Machines)
        {
            machine.Disk.Temper.RoomLeft = null;
            Restore(machine);
        }
    }

    private static void Restore(SimulatedMachine machine)
    {
        machine.Disk.Temper.FlushUs = DiskTemper.UsualFlushUs;
        machine.MostRowsUs = SimulatedMachine.UsualRowsUs;
    }

    private void Later(Action end) => network.Time.After(random.Between(SimulatedTime.Second / 10, MostUs), () => { if (!isCalm()) end(); });
}
