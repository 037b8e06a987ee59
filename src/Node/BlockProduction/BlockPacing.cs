using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.BlockProduction;

/// <summary>The least time between two blocks: under load each block then amortises its flushes and votes over what came meanwhile.</summary>
internal sealed class BlockPacing(INodeClock clock, ITimers timers, TimeSpan interval)
{
    private UnixTime _headAt;
    private (Height Height, Round Round)? _due;

    /// <summary>True when the head has not moved for <paramref name="ms"/>.</summary>
    public bool IsIdleFor(ulong ms) => clock.Now >= _headAt.Plus(ms);

    /// <summary>True when a block must wait; a <see cref="TimerKind.Pacing"/> timer then fires when its time has come.</summary>
    public bool MustWait(Height height, Round round)
    {
        var ready = _headAt.Plus((ulong)interval.TotalMilliseconds);
        var now = clock.Now;
        if (now >= ready || now < _headAt) return false; // a clock that was set back makes nobody wait
        _due = (height, round);
        timers.Arm(new TimerId(TimerKind.Pacing), ready.Milliseconds - now.Milliseconds);
        return true;
    }

    /// <summary>What waits; once.</summary>
    public (Height Height, Round Round)? TakeDue()
    {
        var due = _due;
        _due = null;
        return due;
    }

    /// <summary>The head moved: what waited is of the past.</summary>
    public void OnHead()
    {
        _headAt = clock.Now;
        _due = null;
        timers.Cancel(new TimerId(TimerKind.Pacing));
    }
}
