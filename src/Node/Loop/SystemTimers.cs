namespace LicenceChain.Node.Loop;

/// <summary>Timers over a <see cref="TimeProvider"/>. Armed and cancelled by the loop alone; fires from any thread.</summary>
internal sealed class SystemTimers(TimeProvider clock, Action<NodeEvent> post) : ITimers, IDisposable
{
    // TimeProvider timers take at most 2^32 - 2 ms.
    private const ulong MaxDelayMs = uint.MaxValue - 1;

    private readonly Dictionary<TimerId, ITimer> _armed = [];

    /// <inheritdoc/>
    public void Arm(TimerId timer, ulong delayMs)
    {
        Cancel(timer);
        var due = TimeSpan.FromMilliseconds(ulong.Min(delayMs, MaxDelayMs));
        _armed[timer] = clock.CreateTimer(_ => post(new NodeEvent.TimerFired(timer)), null, due, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Cancel(TimerId timer)
    {
        if (_armed.Remove(timer, out var armed)) armed.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var timer in _armed.Values) timer.Dispose();
        _armed.Clear();
    }
}
