using LicenceChain.Simulation.Network.Clients;
using LicenceChain.Simulation.Network.Governance;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>Lets faults of a plan happen at random times, and ends them all.</summary>
internal sealed class FaultInjector
{
    private readonly SimulatedNetwork _network;
    private readonly FaultPlan _plan;
    private readonly SeededRandom _random;
    private readonly MachineFaults _machines;
    private readonly DiskFaults _disks;
    private readonly LinkFaults _links;
    private readonly GovernanceFaults _governance;
    private readonly DataFaults _data;
    private readonly HouseOperator _operator;
    private bool _isCalm;

    public FaultInjector(SimulatedNetwork network, SimulatedClients clients, FaultKinds allowed, SeededRandom random)
    {
        (_network, _random) = (network, random);
        _plan = new FaultPlan(allowed, network.Validators.FaultBound, network.Cast.Founders, random);
        _operator = new HouseOperator(network, random.Fork(1));
        _machines = new MachineFaults(network, _plan, random.Fork(2), () => _isCalm);
        _disks = new DiskFaults(network, _plan, random.Fork(3), () => _isCalm);
        _links = new LinkFaults(network, random.Fork(4), () => _isCalm);
        _governance = new GovernanceFaults(network, new Officers(network, clients, random.Fork(5)), random.Fork(6));
        _data = new DataFaults(network, _plan, _machines, random.Fork(7));
    }

    /// <summary>Times that a node ended.</summary>
    public int Crashes => _operator.Crashes;

    /// <summary>Seats that cannot be counted on any more.</summary>
    public int LostSeats => _machines.LostSeats;

    /// <summary>From now on.</summary>
    public void Start()
    {
        if (_network.Trace.IsWritten) _network.Trace.Line(-1, $"faults: {string.Join(", ", _plan.Kinds)}; a fault every {_plan.MeanPauseUs / 1e6:F1} s");
        if (_plan.Kinds.Contains(FaultKinds.TornWrite)) _disks.TearAll();
        if (_plan.Kinds.Contains(FaultKinds.LostData) || _plan.Kinds.Contains(FaultKinds.Archive)) _data.MakeSnapshots();
        if (_plan.Kinds.Contains(FaultKinds.Archive)) _data.ArchiveAll();
        if (_plan.Kinds.Count > 0) _network.Time.After(Pause(), Strike);
    }

    /// <summary>No further fault; what is down or damaged is restored as an operator would.</summary>
    public void Calm()
    {
        _isCalm = true;
        _network.Trace.Note(0, TraceKind.Calm);
        if (_network.Trace.IsWritten) _network.Trace.Line(-1, "the faults end: everything is restored");
        _links.Calm();
        _disks.Calm();
        _machines.Calm();
        _operator.Calm();
    }

    private void Strike()
    {
        if (_isCalm) return;
        _network.Time.After(Pause(), Strike);
        var kind = _random.Pick(_plan.Kinds);
        _network.Trace.Note(0, TraceKind.Fault, (ulong)kind);
        switch (kind)
        {
            case FaultKinds.Crash: _machines.Crash(); break;
            case FaultKinds.CrashPoint: _machines.ArmCrash(); break;
            case FaultKinds.LostLog: _machines.LoseLog(); break;
            case FaultKinds.Twin: _machines.RunTwice(); break;
            case FaultKinds.Clock: _machines.SetClock(); break;
            case FaultKinds.Partition: _links.Partition(); break;
            case FaultKinds.OneWay: _links.CutOneWay(); break;
            case FaultKinds.Loss: _links.Lose(); break;
            case FaultKinds.Duplicate: _links.Duplicate(); break;
            case FaultKinds.Reorder: _links.Reorder(); break;
            case FaultKinds.SlowLink: _links.Slow(); break;
            case FaultKinds.BitRot: _disks.Rot(); break;
            case FaultKinds.FullDisk: _disks.Fill(); break;
            case FaultKinds.SlowFlush: _disks.Slow(); break;
            case FaultKinds.AddSeat: _governance.AddSeat(); break;
            case FaultKinds.RemoveSeat: _governance.RemoveSeat(); break;
            case FaultKinds.RotateKey: _governance.RotateKey(); break;
            case FaultKinds.ForgiveLog: _governance.ForgiveLog(); break;
            case FaultKinds.Parameters: _governance.SetParameters(); break;
            case FaultKinds.Upgrade: _governance.ScheduleUpgrade(); break;
            case FaultKinds.LostData: _data.LoseData(); break;
            default: break; // torn writes show with the next crash, archives are filled all the while
        }
    }

    private ulong Pause() => _random.Between(1, 2 * _plan.MeanPauseUs);
}
