using LicenceChain.Node;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Simulation.Network.Disks;
using LicenceChain.Simulation.Network.Joining;
using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network;

/// <summary>A host: a disk and a clock that outlive its node, and the one thread that the node's loop runs on.</summary>
internal sealed class SimulatedMachine : INodeClock
{
    // Events that a loop takes before what was gathered goes out, as LoopThread does.
    private const int MaxRun = 256;

    /// <summary>Rows of a block are usually written within this time.</summary>
    public const ulong UsualRowsUs = 20 * SimulatedTime.Ms;

    // What handling an event costs beside what it waits for.
    private const ulong HandlingUs = 20;

    private readonly SimulatedNetwork _network;
    private readonly Action _handleAll;
    private LoopQueue _queue = new();
    private ulong _elapsedUs;
    private ulong _busyUntilUs;
    private bool _isTurnPlanned;
    private bool _isEntered;
    private int _external;
    private int _waiting;
    private Action _turn;

    public SimulatedMachine(SimulatedNetwork network, int index, int seat, SeededRandom random)
    {
        _network = network;
        _handleAll = HandleAll;
        _turn = TurnOf(Life);
        (Index, Seat) = (index, seat);
        Member = network.Cast.Members[seat];
        Random = random;
        Disk = new SimulatedDisk(this, random.Fork(1));
    }

    public int Index { get; }

    /// <summary>Whose keys it runs: a member of the cast. At genesis its seat has the same number.</summary>
    public int Seat { get; }

    public SimulatedCast.Member Member { get; }

    public KeyId Key => Member.Id;

    public SimulatedDisk Disk { get; }

    public SimulatedRows Rows { get; } = new();

    /// <summary>What stands between a node and its rows; nothing by default. For a test that makes them lie.</summary>
    public Func<IStateStore, IStateStore> WrapRows { get; set; } = store => store;

    /// <summary>Rows that a join has built; not yet in their place.</summary>
    public SimulatedRows BuiltRows { get; } = new();

    public SeededRandom Random { get; }

    /// <summary>The links that are up, by the key at their other end.</summary>
    public Dictionary<KeyId, SimulatedLink> Links { get; } = [];

    /// <summary>The node that runs; null while the machine is off or its node has stopped.</summary>
    public SimulatedNode? Node { get; private set; }

    /// <summary>What the machine does before its node, whose directory holds nothing; null mostly.</summary>
    public SimulatedJoin? Join { get; private set; }

    public bool IsOn => Node is not null || Join is not null;

    /// <summary>Counts lives of the node: what a former one planned does not happen.</summary>
    public int Life { get; private set; }

    /// <summary>How far the clock is off.</summary>
    public long ClockOffsetMs { get; set; }

    /// <summary>How long the state's rows may take to be written.</summary>
    public ulong MostRowsUs { get; set; } = UsualRowsUs;

    /// <summary>Operations on disk and links until the power goes; 0 for never.</summary>
    public int CrashIn { get; set; }

    /// <summary>Operations so far.</summary>
    public ulong Operations { get; private set; }

    /// <summary>The mark beside the keystore that a node here has voted (UsedKeystore): it outlives the data directory.</summary>
    public bool HasVoted { get; set; }

    /// <summary>True once its vote log was taken from it, until governance let it vote again and it did: then, and only then, its node may say so.</summary>
    public bool IsLogTaken { get; set; }

    /// <summary>The chain's height when its vote log was taken from it last.</summary>
    public ulong LogTakenAt { get; private set; }

    /// <summary>The versions of the protocol that the program installed here supports; at first only the first.</summary>
    public ProtocolVersions Program { get; set; } = new(ProtocolVersions.First, ProtocolVersions.First);

    /// <summary>True once its blocks were taken from it on purpose, or a snapshot began above them.</summary>
    public bool HasForgotten { get; set; }

    /// <summary>True once bits of its stored blocks were changed.</summary>
    public bool IsRotten { get; set; }

    /// <summary>True once it stays off for good.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Events that wait for its loop.</summary>
    public int Waiting => _waiting;

    /// <summary>True while its loop's queue has places for what comes from outside.</summary>
    public bool HasRoom => _external < LoopQueue.MaxExternal;

    /// <summary>The simulated time as this machine's thread has it: what it did in this turn took time.</summary>
    public ulong NowUs => _network.Time.NowUs + _elapsedUs;

    UnixTime INodeClock.Now => new((ulong)((long)(SimulatedCast.GenesisMs + SimulatedTime.Ms + (NowUs / SimulatedTime.Ms)) + ClockOffsetMs));

    /// <summary>Starts the node from what the disk holds.</summary>
    public void PowerOn()
    {
        if (IsOn || IsRetired) return;
        Note(TraceKind.PowerOn, (ulong)Life);
        if (_network.Trace.IsWritten) _network.Trace.Line(Index, $"starts, life {Life}");
        Enter(() => Begin(mayJoin: true));
    }

    /// <summary>The power goes: only what was flushed is sure to be there.</summary>
    public void LosePower()
    {
        if (_network.Trace.IsWritten) _network.Trace.Line(Index, "loses power");
        Note(TraceKind.PowerOff);
        EndLife();
        Disk.LosePower();
        Rows.LosePower(Random);
        _network.OnDown(this);
    }

    /// <summary>The process is killed; the machine goes on, and with it what was written.</summary>
    public void Kill()
    {
        if (_network.Trace.IsWritten) _network.Trace.Line(Index, "is killed");
        Note(TraceKind.PowerOff, 1);
        EndLife();
        Disk.EndLife();
        _network.OnDown(this);
    }

    /// <summary>The node chose to stop, or could not start.</summary>
    public void Stop(Exception cause)
    {
        Note(TraceKind.Stopped);
        if (_network.Trace.IsWritten) _network.Trace.Line(Index, $"stops: {cause.Message}");
        CrashIn = 0;
        Node?.Stop(cause);
        EndLife();
        Disk.EndLife();
        _network.OnStopped(this, cause);
    }

    /// <summary>Its vote log is taken from it.</summary>
    public void TakeLog() => (IsLogTaken, LogTakenAt) = (true, _network.Checks.Chain.Height);

    /// <summary>Something happened to the node.</summary>
    public void Post(NodeEvent occurrence)
    {
        if (IsExternal(occurrence)) _external++;
        _waiting++;
        _queue.Post(occurrence);
        PlanTurn();
    }

    /// <summary>Plans something for this life of the node.</summary>
    public void After(ulong delayUs, Action action)
    {
        var life = Life;
        _network.Time.At(NowUs + delayUs, () => { if (life == Life && IsOn) Enter(action); });
    }

    /// <summary>What is being done takes so long.</summary>
    public void Spend(ulong us) => _elapsedUs += us;

    /// <summary>Does what production does on a thread of its own: the loop does not wait for it.</summary>
    public void Aside(Action action)
    {
        var elapsed = _elapsedUs;
        action();
        _elapsedUs = elapsed;
    }

    /// <summary>One more operation: perhaps the last.</summary>
    public void CountOperation()
    {
        Operations++;
        if (CrashIn > 0 && --CrashIn == 0) throw new CrashException();
    }

    /// <summary>How long the next write of rows takes.</summary>
    public ulong WriteRowsUs() => Random.Between(SimulatedTime.Ms, MostRowsUs);

    public void Note(TraceKind kind, ulong first = 0, ulong second = 0) => _network.Trace.Note(Index, kind, first, second);

    // As NodeJoin.PrepareAsync does it: what a crash left of a join is finished, and who has no chain looks for a snapshot first. When the network is new there is none to look for.
    private void Begin(bool mayJoin)
    {
        var folder = SimulatedJoin.FolderOf(this);
        folder.FinishIfReady();
        if (Disk.Root.Files.ContainsKey(NodeStores.StateName))
        {
            if (_network.Trace.IsWritten) _network.Trace.Line(Index, $"has joined by a snapshot of {BuiltRows.Mark!.Height}");
            _network.Joined++;
            HasForgotten = true;
            Rows.CopyFrom(BuiltRows);
            Disk.Root.Put(NodeStores.StateName, null);
        }

        if (mayJoin && _network.Snapshots is { } plan && _network.Checks.Chain.Height > 0 && !folder.HoldsChain)
        {
            Join = new SimulatedJoin(_network, this, plan);
            _network.Links.OnJoining(this);
            return;
        }

        if (folder.IsUnfinished) folder.Discard();
        StartNode();
    }

    private void StartNode()
    {
        Node = new SimulatedNode(_network, this);
        _network.Checks.OnStarted(this);
        Post(new NodeEvent.Started());
        _network.Links.OnPowerOn(this);
    }

    // The links of a join end with it.
    private void EndJoin()
    {
        var crashIn = CrashIn;
        EndLife();
        CrashIn = crashIn;
        Begin(mayJoin: false);
    }

    private void PlanTurn()
    {
        if (_isTurnPlanned) return;
        _isTurnPlanned = true;
        _network.Time.At(ulong.Max(NowUs, _busyUntilUs), _turn);
    }

    private Action TurnOf(int life) => () => { if (life == Life) Turn(); };

    private void Turn()
    {
        _isTurnPlanned = false;
        Enter(_handleAll);
        if (Join is { IsDone: true }) Enter(EndJoin);
        if (!IsOn) return;
        if (Node is not null) _network.Checks.AfterTurn(this);
        if (_waiting > 0) PlanTurn();
    }

    private void HandleAll()
    {
        for (var handled = 0; handled < MaxRun && Join is not { IsDone: true } && _queue.TryTake(out var next); handled++)
        {
            _waiting--;
            if (IsExternal(next)) _external--;
            Note(TraceKind.Event, TraceText.Mark(next), next is NodeEvent.TimerFired timer ? (ulong)timer.Timer.Kind : 0);
            if (_network.Trace.IsWritten && next is not NodeEvent.TimerFired { Timer.Kind: TimerKind.Housekeeping }) _network.Trace.Line(Index, TraceText.Of(next));
            Spend(HandlingUs);
            if (Join is not null) Join.Handle(next);
            else Node!.Handle(next);
        }

        Node?.Handle(NodeEvent.QueueDrained.Instance);
    }

    // Runs the node's own code: what it throws is a crash that was planned, a stop that it chose, or a failure of the simulation.
    private void Enter(Action action)
    {
        if (_isEntered)
        {
            action();
            return;
        }

        _isEntered = true;
        try
        {
            action();
        }
        catch (CrashException)
        {
            LosePower();
        }
        catch (Exception e) when (e is NodeFaultException or CorruptStorageException or StateDamagedException or IOException)
        {
            Stop(e);
        }
        finally
        {
            _isEntered = false;
            _busyUntilUs = ulong.Max(_busyUntilUs, NowUs);
            _elapsedUs = 0;
        }
    }

    private void EndLife()
    {
        _turn = TurnOf(++Life);
        (Node, Join) = (null, null);
        CrashIn = 0;
        _queue = new LoopQueue();
        (_waiting, _external, _isTurnPlanned) = (0, 0, false);
        _network.Links.OnPowerOff(this);
    }

    // What clients and links bring in production waits for a place in the queue; the rest the loop has asked for.
    private static bool IsExternal(NodeEvent occurrence) =>
        occurrence is NodeEvent.TransactionSubmitted or NodeEvent.TransactionsGossiped or NodeEvent.ConsensusReceived or NodeEvent.PeerStatusReceived
            or NodeEvent.BlocksRequested or NodeEvent.BlocksReceived or NodeEvent.SnapshotQueried or NodeEvent.SnapshotChunkRequested or NodeEvent.StandingReceived;
}
