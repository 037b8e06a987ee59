using LicenceChain.Node;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>
/// Whoever starts nodes again. After a power loss that is all there is to do; a node that stopped by itself is given what its message asks for: room on the disk, or
/// a data directory without the damaged blocks (never without the vote log). A node that stops without a fault to blame is a finding.
/// </summary>
internal sealed class HouseOperator
{
    private const int PreparedPerMille = 300;

    private readonly SimulatedNetwork _network;
    private readonly SeededRandom _random;
    private bool _isCalm;

    public HouseOperator(SimulatedNetwork network, SeededRandom random)
    {
        (_network, _random) = (network, random);
        network.WhenDown = OnDown;
        network.WhenStopped = OnStopped;
    }

    /// <summary>Times that a node ended.</summary>
    public int Crashes { get; private set; }

    /// <summary>Everything that is down is started.</summary>
    public void Calm()
    {
        _isCalm = true;
        foreach (var machine in _network.Machines.Where(m => m.IsOn && IsDue(m)).ToList()) machine.Kill();
        foreach (var machine in _network.Machines) machine.CrashIn = 0;
        foreach (var machine in _network.Members) PlanStart(machine);
    }

    private void OnDown(SimulatedMachine machine)
    {
        Crashes++;
        PlanStart(machine);
    }

    private void OnStopped(SimulatedMachine machine, Exception cause)
    {
        Crashes++;
        if (Find<IOException>(cause) is not null && machine.Disk.Temper.RoomLeft is not null)
        {
            // The fault gives the room back, and then starts the node again.
        }
        else if (Find<CorruptStorageException>(cause) is not null && machine.IsRotten)
        {
            if (_network.Trace.IsWritten) _network.Trace.Line(machine.Index, "its blocks and rows are removed, its vote log stays");
            machine.Disk.Blocks.Remove(_ => true);
            machine.Rows.Clear();
            _network.Checks.Chain.Forget(machine);
            PlanStart(machine);
        }
        else if (Find<OutdatedProgramException>(cause) is not null && IsDue(machine))
        {
            Install(machine);
            PlanStart(machine);
        }
        else
        {
            throw new SimulationFailure($"node{machine.Index} stopped by itself: {cause.Message}", cause);
        }
    }

    // A version of the protocol is scheduled that the program here does not know.
    private bool IsDue(SimulatedMachine machine) => _network.Checks.Governance.Upgrade.Version > machine.Program.Highest;

    private void Install(SimulatedMachine machine) => machine.Program = new ProtocolVersions(ProtocolVersions.First, _network.Checks.Governance.Upgrade.Version);

    private void PlanStart(SimulatedMachine machine)
    {
        if (IsDue(machine) && (_isCalm || _random.Chance(PreparedPerMille))) Install(machine);
        var pause = _isCalm ? _random.Between(0, SimulatedTime.Second) : _random.Chance(700) ? _random.Between(0, 2 * SimulatedTime.Second) : _random.Between(0, 40 * SimulatedTime.Second);
        _network.Time.After(pause, machine.PowerOn);
    }

    private static T? Find<T>(Exception? cause)
        where T : Exception
    {
        while (cause is not null and not T) cause = cause.InnerException;
        return cause as T;
    }
}
