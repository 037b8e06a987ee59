namespace LicenceChain.EndToEnd.Faults.Proxy;

/// <summary>The way from one node to another, one direction: how long bytes take, and whether they arrive at all. Held bytes arrive late, as TCP sends again what was lost.</summary>
internal sealed class LinkPath(TimeSpan delay)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _held;

    /// <summary>How long a byte takes.</summary>
    public TimeSpan Delay { get; private set; } = delay;

    /// <summary>True while nothing arrives.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock) return _held is not null;
        }
    }

    /// <summary>From now on nothing arrives.</summary>
    public void Hold()
    {
        lock (_lock) _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What was held arrives, in order.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _held?.SetResult();
            _held = null;
        }
    }

    /// <summary>For bytes that set out from now on.</summary>
    public void Slow(TimeSpan delay) => Delay = delay;

    /// <summary>Completes when the way is open.</summary>
    public Task WhenOpenAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _held?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
