namespace LicenceChain.Hosting.Metrics;

/// <summary>A number that only grows. Safe from any thread.</summary>
public sealed class Counter
{
    private long _value;

    /// <summary>The value since the start of the process.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>Adds one.</summary>
    public void Increment() => Interlocked.Increment(ref _value);

    /// <summary>Adds <paramref name="amount"/>, which is not negative.</summary>
    public void Add(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Interlocked.Add(ref _value, amount);
    }
}
