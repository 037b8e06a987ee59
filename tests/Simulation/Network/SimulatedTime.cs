namespace LicenceChain.Simulation.Network;

/// <summary>The one order of everything that happens: by time in microseconds, then by the order in which it was planned.</summary>
internal sealed class SimulatedTime
{
    /// <summary>Microseconds in a millisecond.</summary>
    public const ulong Ms = 1_000;

    /// <summary>Microseconds in a second.</summary>
    public const ulong Second = 1_000 * Ms;

    private readonly PriorityQueue<Action, (ulong At, ulong Sequence)> _due = new();
    private ulong _sequence;

    /// <summary>Since the start of the simulation.</summary>
    public ulong NowUs { get; private set; }

    /// <summary>Things that were done.</summary>
    public ulong Steps { get; private set; }

    /// <summary>Plans something; what lies in the past happens next.</summary>
    public void At(ulong atUs, Action action) => _due.Enqueue(action, (ulong.Max(atUs, NowUs), _sequence++));

    /// <summary>Plans something for later.</summary>
    public void After(ulong delayUs, Action action) => At(NowUs + delayUs, action);

    /// <summary>Does the next thing if it is due by then; else time passes to then, and false.</summary>
    public bool Step(ulong untilUs)
    {
        if (!_due.TryPeek(out _, out var next) || next.At > untilUs)
        {
            NowUs = ulong.Max(NowUs, untilUs);
            return false;
        }

        var action = _due.Dequeue();
        NowUs = next.At;
        Steps++;
        action();
        return true;
    }
}
