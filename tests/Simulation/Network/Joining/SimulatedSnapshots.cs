using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Simulation.Network.Joining;

/// <summary>The snapshots of one life of a node: made of rows that stand still, some time after they were frozen, one at a time.</summary>
internal sealed class SimulatedSnapshots
{
    private const ulong MostWaitUs = 200 * SimulatedTime.Ms;

    private readonly SimulatedMachine _machine;
    private readonly SnapshotMaking _making;
    private bool _isBusy;

    public SimulatedSnapshots(SimulatedMachine machine, SnapshotPlan plan, IBlockStore blocks, Hash256 genesisHash, ILogger logger)
    {
        _machine = machine;
        Shelf = new SnapshotShelf(machine.Disk.Tree, "snapshots");
        _making = new SnapshotMaking(Shelf, new SnapshotWriter(blocks, genesisHash, plan.ChunkBytes), plan.Options, new StoppedTime(), logger);
    }

    public SnapshotShelf Shelf { get; }

    /// <summary>A block's rows are written.</summary>
    public void OnWritten(Height height)
    {
        if (_making.IsDue(height)) Make();
    }

    /// <summary>Of the rows as they stand now: an operator asks for it.</summary>
    public void Make()
    {
        if (_isBusy || _machine.Rows.Freeze() is not { } rows) return;
        _isBusy = true;
        _machine.After(_machine.Random.Between(SimulatedTime.Ms, MostWaitUs), () =>
        {
            _machine.Aside(() => _making.Make(rows, CancellationToken.None));
            _isBusy = false;
        });
    }
}
