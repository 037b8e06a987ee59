namespace LicenceChain.Load;

/// <summary>Latencies of one client in buckets of a tenth of a millisecond up to a minute; merged at the end.</summary>
internal sealed class LatencyRecorder
{
    private const int BucketsPerMillisecond = 10;
    private const int Buckets = 60_000 * BucketsPerMillisecond;

    private readonly int[] _counts = new int[Buckets];

    public long Count { get; private set; }

    public void Add(TimeSpan latency)
    {
        _counts[Math.Clamp((int)(latency.TotalMilliseconds * BucketsPerMillisecond), 0, Buckets - 1)]++;
        Count++;
    }

    public void Merge(LatencyRecorder other)
    {
        for (var i = 0; i < Buckets; i++) _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Milliseconds that a share of the transactions stayed within; throws when nothing was measured.</summary>
    public double Percentile(double share)
    {
        if (Count == 0) throw new InvalidOperationException("No transaction was committed in the measured time.");
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return (i + 1) / (double)BucketsPerMillisecond;
        }

        throw new InvalidOperationException("The counts do not add up.");
    }
}
