using LicenceChain.Node.Loop;

namespace LicenceChain.Simulation.Network;

/// <summary>The timers of one life of a node.</summary>
internal sealed class SimulatedTimers(SimulatedMachine machine) : ITimers
{
    // Longer than any simulation.
    private const ulong MaxDelayMs = 1UL << 40;

    private readonly Dictionary<TimerId, ulong> _armed = [];
    private ulong _order;

    public void Arm(TimerId timer, ulong delayMs)
    {
        var order = ++_order;
        _armed[timer] = order;
        machine.After(ulong.Min(delayMs, MaxDelayMs) * SimulatedTime.Ms, () => Fire(timer, order));
    }

    public void Cancel(TimerId timer) => _armed.Remove(timer);

    private void Fire(TimerId timer, ulong order)
    {
        if (!_armed.TryGetValue(timer, out var current) || current != order) return;
        _armed.Remove(timer);
        machine.Post(new NodeEvent.TimerFired(timer));
    }
}
