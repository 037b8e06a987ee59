using LicenceChain.Contracts;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Joining;
using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network;

/// <summary>One life of a production node over a machine's disk: everything that NodeHost puts together but its threads, sockets, API and SQLite.</summary>
internal sealed class SimulatedNode
{
    /// <summary>As a network has it that was made by <c>licencechain network init</c>.</summary>
    public static readonly TimeSpan MinBlockInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The vote log's file.</summary>
    public const string VoteLogName = "votes.wal";

    private readonly NodeLoop _loop;
    private readonly IStateStore _state;

    /// <summary>Opens the stores as NodeStores does, in its order; throws what the production classes throw.</summary>
    public SimulatedNode(SimulatedNetwork network, SimulatedMachine machine)
    {
        var genesis = network.Cast.Genesis;
        var logger = new TraceLogger(network, machine.Index);
        Blocks = SegmentBlockStore.Open(((IStorageTree)machine.Disk.Tree).Make("blocks"), network.SegmentBytes);
        new VoteStanding(machine.Disk.Root, () => machine.HasVoted).Settle();
        Votes = VoteLog.Open(machine.Disk.Root, VoteLogName, mustExist: true, () => machine.HasVoted = true, network.PruneBytes);
        (_state, Chain) = OpenChain(machine, genesis);
        Publisher = new NodePublisher(Blocks, _state, Chain, genesis.Validators);
        var workers = new SimulatedWorkers(machine, network.Memo, machine.Random.Fork(0));
        if (network.Snapshots is { } plan) Snapshots = new SimulatedSnapshots(machine, plan, Blocks, genesis.GenesisHash, logger);
        if (Snapshots is not null && _state is SimulatedStateStore store) store.Written = Snapshots.OnWritten;
        var seams = new NodeSeams(machine, new SimulatedTimers(machine), new SimulatedPeers(network, machine), workers, Blocks, _state, Votes)
        {
            Archive = network.KeptBlocks is { } kept ? new ArchivePlan(kept, new ArchiveFolder(machine.Disk.Archive, machine.Rows.Freeze), kept) : null,
            Snapshots = Snapshots?.Shelf ?? (ISnapshotShelf)NoSnapshots.Instance,
        };
        var member = machine.Member;
        _loop = new NodeLoop(Chain, seams, new NodeSigner(member.Keys), member.Service, MinBlockInterval, Publisher, logger);
    }

    public SegmentBlockStore Blocks { get; }

    public VoteLog Votes { get; }

    public ChainState Chain { get; }

    public NodePublisher Publisher { get; }

    /// <summary>Null where nodes make none.</summary>
    public SimulatedSnapshots? Snapshots { get; }

    public void Handle(NodeEvent occurrence) => _loop.Handle(occurrence);

    // As StateDatabase does: damaged rows are put aside and built again.
    private (IStateStore State, ChainState Chain) OpenChain(SimulatedMachine machine, GenesisOutcome genesis)
    {
        try
        {
            var state = machine.WrapRows(new SimulatedStateStore(machine));
            return (state, ChainOpener.Open(Blocks, state, genesis, machine.Program));
        }
        catch (StateDamagedException)
        {
            machine.Rows.Clear();
            var state = machine.WrapRows(new SimulatedStateStore(machine));
            return (state, ChainOpener.Open(Blocks, state, genesis, machine.Program));
        }
    }

    /// <summary>The node ends by its own decision: who waits is told, rows are written to the end.</summary>
    public void Stop(Exception cause)
    {
        _loop.Abandon(cause);
        _state.Drain();
    }
}
