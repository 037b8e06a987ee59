using LicenceChain.Contracts;
using LicenceChain.Node;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Checks;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Joining;
using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// n production nodes in one thread, over a clock, links, disks and workers that are simulated, everything drawn from one seed. Nothing happens but in
/// <see cref="Run"/> and <see cref="RunFor"/>. Every check is on at all times.
/// </summary>
internal sealed class SimulatedNetwork
{
    // A thousand times what an hour of a busy network takes: only an endless loop gets here.
    private const ulong MaxSteps = 1_000_000_000;

    private readonly List<SimulatedMachine> _machines = [];
    private readonly List<SimulatedMachine> _members = [];

    public SimulatedNetwork(int seed, int validators, TextWriter? trace = null, uint? window = null)
    {
        Random = new SeededRandom((ulong)seed);
        Cast = SimulatedCast.Of(validators, window ?? ChainParameters.Default.ValidityWindow);
        Trace = new Trace(Time, trace);
        Links = new SimulatedLinks(this, Random.Fork(1));
        Checks = new NetworkChecks(this);
        for (var seat = 0; seat < validators; seat++) AddMachine(seat);
    }

    public SeededRandom Random { get; }

    public SimulatedTime Time { get; } = new();

    public Trace Trace { get; }

    public SimulatedCast Cast { get; }

    public SimulatedLinks Links { get; }

    public VerificationMemo Memo { get; } = new();

    public NetworkChecks Checks { get; }

    /// <summary>The first n hold one seat each at genesis; later ones are of members that came later, or run a member's keys a second time.</summary>
    public IReadOnlyList<SimulatedMachine> Machines => _machines;

    /// <summary>The machine of each member that has one.</summary>
    public IReadOnlyList<SimulatedMachine> Members => _members;

    /// <summary>It is over: what is in files serves the next one.</summary>
    public void Release()
    {
        foreach (var machine in _machines) machine.Disk.Release();
    }

    /// <summary>C-QUORUM, at genesis.</summary>
    public ValidatorSet Validators => Cast.Genesis.Validators;

    /// <summary>Size of a sealed block segment.</summary>
    public long SegmentBytes { get; init; } = Node.Storage.SegmentBlockStore.DefaultSegmentBytes;

    /// <summary>Size at which a vote log is written anew.</summary>
    public long PruneBytes { get; init; } = Node.Storage.VoteLog.DefaultPruneBytes;

    /// <summary>Which snapshots nodes make and take; null for none.</summary>
    public SnapshotPlan? Snapshots { get; set; }

    /// <summary>Blocks that a node keeps at least, and below the replay window, beside those that it archives; null where it keeps all.</summary>
    public uint? KeptBlocks { get; set; }

    /// <summary>Times that a machine came to a chain by a snapshot.</summary>
    public int Joined { get; set; }

    /// <summary>Messages that are lost, whoever sends them; none by default.</summary>
    public Func<LinkMessage, bool> Loses { get; set; } = _ => false;

    /// <summary>Told when a machine is down.</summary>
    public Action<SimulatedMachine> WhenDown { get; set; } = _ => { };

    /// <summary>Told when a node has stopped by itself; by default nothing allows it to.</summary>
    public Action<SimulatedMachine, Exception> WhenStopped { get; set; } = (machine, cause) =>
        throw new SimulationFailure($"node{machine.Index} stopped by itself: {cause.Message}", cause);

    /// <summary>Adds a machine that runs a member's keys.</summary>
    public SimulatedMachine AddMachine(int seat)
    {
        var machine = new SimulatedMachine(this, _machines.Count, seat, Random.Fork((ulong)_machines.Count));
        Links.Add(machine);
        _machines.Add(machine);
        if (_members.TrueForAll(member => member.Seat != seat)) _members.Add(machine);
        machine.Disk.Root.Put(VoteStanding.NewName, new SimulatedFile()); // the folder is new; whoever runs a key twice has put the mark there by mistake
        return machine;
    }

    /// <summary>Switches all seats' machines on.</summary>
    public void PowerOn()
    {
        foreach (var machine in Members) machine.PowerOn();
    }

    /// <summary>A client submits to a node; null when it is not there.</summary>
    public Submission? Submit(SimulatedMachine machine, SignedTransaction transaction)
    {
        if (machine.Node is null || !machine.HasRoom) return null;
        var submission = new Submission(waitForCommit: true);
        machine.Note(TraceKind.Submitted, transaction.Id.Value.Span[0]);
        if (Trace.IsWritten) Trace.Line(machine.Index, $"is given transaction {Short(transaction.Id)}: {transaction.Contract}.{transaction.Method}");
        machine.Post(new NodeEvent.TransactionSubmitted(transaction, submission));
        return submission;
    }

    /// <summary>A message that the owner of a key makes up and sends to another node.</summary>
    public void Forge(int from, int to, ConsensusMessage message) => Forge(from, to, new LinkMessage { Consensus = Google.Protobuf.MessageExtensions.ToByteString(message) });

    /// <summary>As above, any message.</summary>
    public void Forge(int from, int to, LinkMessage message) => Machines[to].Post(Links.Read(Machines[from], message));

    /// <summary>Parts some machines from all others, both ways.</summary>
    public void Part(params ReadOnlySpan<int> machines)
    {
        foreach (var direction in Around(machines)) Links.Cut(direction);
    }

    /// <summary>Ends what <see cref="Part"/> did.</summary>
    public void Rejoin(params ReadOnlySpan<int> machines)
    {
        foreach (var direction in Around(machines)) Links.Join(direction);
    }

    public NodeStatus Status(int machine) => Machines[machine].Node!.Publisher.Status;

    public CommittedBlock Block(int machine, ulong height) =>
        Machines[machine].Node!.Publisher.TryGetBlock(new Height(height), out var block) ? block : throw new InvalidOperationException($"node{machine} has no block {height}.");

    /// <summary>Lets things happen until <paramref name="isDone"/>; a failure when that takes longer than it may.</summary>
    public void Run(Func<bool> isDone, ulong withinMs)
    {
        var until = Time.NowUs + (withinMs * SimulatedTime.Ms);
        while (!isDone())
        {
            if (!Time.Step(until)) throw new SimulationFailure($"Not done within {withinMs} simulated ms. {Describe()}");
            if (Time.Steps > MaxSteps) throw new SimulationFailure($"It does not come to an end. {Describe()}");
        }
    }

    /// <summary>Lets a time pass.</summary>
    public void RunFor(ulong ms)
    {
        var until = Time.NowUs + (ms * SimulatedTime.Ms);
        while (Time.Step(until)) { }
    }

    /// <summary>True when all these nodes run and have the same head.</summary>
    public static bool AreAtOneHead(IEnumerable<SimulatedMachine> machines)
    {
        Hash256? head = null;
        foreach (var machine in machines)
        {
            if (machine.Node is not { } node) return false;
            var digest = node.Chain.Head.Header.Digest;
            if ((head ??= digest) != digest) return false;
        }

        return true;
    }

    /// <summary>Where everybody stands.</summary>
    public string Describe() => string.Join("; ", Machines.Select(machine => machine.Node is { } node
        ? $"node{machine.Index} at {node.Chain.Height}/{node.Publisher.Status.Round}, {machine.Links.Count} links{(node.Publisher.Status.Alarm is { Length: > 0 } alarm ? ", " + alarm : "")}"
        : $"node{machine.Index} {(machine.Join is null ? "is down" : "joins")}"));

    /// <summary>The first digits of an id.</summary>
    public static string Short(TransactionId id) => Convert.ToHexStringLower(id.Value.Span[..4]);

    internal void OnDown(SimulatedMachine machine) => WhenDown(machine);

    internal void OnStopped(SimulatedMachine machine, Exception cause) => WhenStopped(machine, cause);

    private List<LinkDirection> Around(ReadOnlySpan<int> machines)
    {
        var inside = machines.ToArray();
        return [.. Links.Directions.Where(d => inside.Contains(d.From.Index) != inside.Contains(d.To.Index))];
    }
}
