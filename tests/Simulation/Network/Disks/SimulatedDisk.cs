namespace LicenceChain.Simulation.Network.Disks;

/// <summary>A machine's disk: a node's data directory and its archive, with the durability that POSIX promises and no more.</summary>
internal sealed class SimulatedDisk
{
    private readonly SimulatedMachine _machine;
    private readonly SeededRandom _random;

    public SimulatedDisk(SimulatedMachine machine, SeededRandom random)
    {
        _machine = machine;
        _random = random;
        Tree = new SimulatedTree(this);
        Archive = new SimulatedFolder(this, "archive");
    }

    /// <summary>The data directory with its folders.</summary>
    public SimulatedTree Tree { get; }

    /// <summary>The data directory itself: the vote log.</summary>
    public SimulatedFolder Root => Tree.At("");

    /// <summary>The block segments.</summary>
    public SimulatedFolder Blocks => Tree.At("blocks");

    /// <summary>Where a node archives blocks.</summary>
    public SimulatedFolder Archive { get; }

    /// <summary>How it behaves now.</summary>
    public DiskTemper Temper { get; } = new();

    /// <summary>Counts the times that whoever used it was ended: handles of former lives are dead.</summary>
    public int Life { get; private set; }

    /// <summary>An operation begins: it may be the machine's last, takes time, and may find no room. Returns how many bytes have none.</summary>
    public int Operate(DiskOperation operation, long growth)
    {
        _machine.Note(TraceKind.Disk, (ulong)operation, (ulong)growth);
        _machine.CountOperation();
        if (operation == DiskOperation.Flush) _machine.Spend(Temper.FlushUs + _random.Between(0, Temper.FlushJitterUs));
        if (growth <= 0 || Temper.RoomLeft is not { } room) return 0;
        var granted = long.Min(growth, room);
        Temper.RoomLeft = room - granted;
        return (int)(growth - granted);
    }

    /// <summary>An operation is done, though nobody may have heard of it when the power goes.</summary>
    public void Done() => _machine.CountOperation();

    /// <summary>The power goes.</summary>
    public void LosePower()
    {
        EndLife();
        Tree.LosePower(_random, Temper.TearsWrites);
        Archive.LosePower(_random, Temper.TearsWrites);
    }

    /// <summary>The program ends, the machine does not: what was written stays in the system's cache.</summary>
    public void EndLife() => Life++;

    /// <summary>Nobody asks for any of it any more.</summary>
    public void Release()
    {
        foreach (var folder in Tree.Folders()) folder.Release();
        Archive.Release();
    }

    /// <summary>Becomes a copy of another disk.</summary>
    public void CopyFrom(SimulatedDisk other)
    {
        Tree.CopyFrom(other.Tree);
        Archive.CopyFrom(other.Archive);
    }
}
