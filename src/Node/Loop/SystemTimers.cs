using System.Collections.Concurrent;

namespace LicenceChain.Node.Loop;

/// <summary>Timers over a <see cref="TimeProvider"/>. Armed and cancelled by the loop alone; they fire on any thread, once, and only while they are armed.</summary>
internal sealed class SystemTimers(TimeProvider clock, Action<NodeEvent> post) : ITimers, IDisposable
{
    // TimeProvider timers take at most 2^32 - 2 ms.
    private const ulong MaxDelayMs = uint.MaxValue - 1;

    private readonly ConcurrentDictionary<TimerId, Armed> _armed = new();

    /// <inheritdoc/>
    public void Arm(TimerId timer, ulong delayMs)
    {
        Cancel(timer);
        var armed = new Armed();
        _armed[timer] = armed;
        armed.Timer = clock.CreateTimer(_ => Fire(timer, armed), null, TimeSpan.FromMilliseconds(ulong.Min(delayMs, MaxDelayMs)), Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Cancel(TimerId timer)
    {
        if (_armed.TryRemove(timer, out var armed)) armed.Timer?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var timer in _armed.Keys) Cancel(timer);
    }

    private void Fire(TimerId timer, Armed armed)
    {
        if (_armed.TryRemove(KeyValuePair.Create(timer, armed))) post(new NodeEvent.TimerFired(timer));
    }

    private sealed class Armed
    {
        public ITimer? Timer { get; set; }
    }
}
