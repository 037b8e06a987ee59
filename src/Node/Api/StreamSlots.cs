namespace LicenceChain.Node.Api;

/// <summary>Counts open streams against <see cref="ApiLimits.MaxStreams"/>.</summary>
internal sealed class StreamSlots
{
    private int _open;

    /// <summary>Streams open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a slot, given back by disposing; null when none is left.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _open) <= ApiLimits.MaxStreams) return new Slot(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Slot(StreamSlots owner) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) Interlocked.Decrement(ref owner._open);
        }
    }
}
