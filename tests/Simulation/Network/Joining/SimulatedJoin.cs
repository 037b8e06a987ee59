using LicenceChain.Node.Loop;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network.Joining;

/// <summary>A machine whose directory holds no chain, as NodeJoin has it before a node starts: it asks its peers for a snapshot, fetches and installs it, or leaves it to the node to replay.</summary>
internal sealed class SimulatedJoin : IProgress<JoinProgress>
{
    private readonly SimulatedNetwork _network;
    private readonly SimulatedMachine _machine;
    private readonly JoinFolder _folder;
    private readonly JoinSession _session;
    private readonly JoinInstall _ending;

    public SimulatedJoin(SimulatedNetwork network, SimulatedMachine machine, SnapshotPlan plan)
    {
        (_network, _machine) = (network, machine);
        _folder = FolderOf(machine);
        var genesis = network.Cast.Genesis;
        var trust = new SnapshotTrust(new TrustAnchor(genesis.Chain, genesis.GenesisHash, new Height(0), genesis.Validators), null);
        var others = network.Members.Where(other => other.Key != machine.Key).ToList();
        _session = new JoinSession(
            trust, new JoinPolicy(new Height(plan.Options.JoinAbove), MayReplay: true), others.Select(other => other.Key), new SimulatedPeers(network, machine), new SimulatedTimers(machine), _folder, this,
            new TraceLogger(network, machine.Index));
        _ending = new JoinInstall(_folder, new VoteStanding(machine.Disk.Root, () => machine.HasVoted));
        machine.Post(new NodeEvent.Started());
        foreach (var other in others.Where(other => !other.IsOn)) machine.Post(new NodeEvent.PeerUnreachable(other.Key));
    }

    /// <summary>True once a node may start.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The data directory of a machine, as a join fills it.</summary>
    public static JoinFolder FolderOf(SimulatedMachine machine) => new(machine.Disk.Tree, path => new SimulatedStateLoader(machine, path), new InlineScheduler());

    public void Handle(NodeEvent occurrence)
    {
        _session.Handle(occurrence);
        if (_session.Outcome == JoinOutcome.Replay)
        {
            _folder.Discard();
            IsDone = true;
        }
        else if (_session.Outcome is { Manifest: { } manifest, DecidedBy: { } decidedBy })
        {
            var (_, failure) = _ending.Run(manifest, decidedBy, _folder.Fetched, _ => { }, _ => { }, CancellationToken.None);
            if (failure.Length > 0) throw new SimulationFailure($"node{_machine.Index} was given a snapshot of {manifest.Height} that does not hold: {failure}.");
            IsDone = true;
        }
    }

    public void Report(JoinProgress value)
    {
    }
}
