namespace LicenceChain.Hosting.Metrics;

/// <summary>Counts observations by upper bound, for quantiles over many processes. Safe from any thread.</summary>
public sealed class Histogram
{
    /// <summary>Most bounds of one histogram.</summary>
    public const int MaxBounds = 32;

    private readonly double[] _bounds;
    private readonly long[] _counts; // one more than bounds: the last holds what is above all of them
    private double _sum;

    internal Histogram(IReadOnlyList<double> bounds)
    {
        if (bounds.Count is 0 or > MaxBounds) throw new ArgumentException($"A histogram has 1 to {MaxBounds} bounds, not {bounds.Count}.", nameof(bounds));
        _bounds = [.. bounds];
        for (var i = 1; i < _bounds.Length; i++)
        {
            if (_bounds[i] <= _bounds[i - 1]) throw new ArgumentException("The bounds of a histogram increase.", nameof(bounds));
        }

        _counts = new long[_bounds.Length + 1];
    }

    /// <summary>From half a millisecond to 10 seconds, in seconds: requests and commits.</summary>
    public static IReadOnlyList<double> Seconds { get; } = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    internal IReadOnlyList<double> Bounds => _bounds;

    internal double Sum => Volatile.Read(ref _sum);

    /// <summary>Counts one observation.</summary>
    public void Observe(double value)
    {
        var at = Array.BinarySearch(_bounds, value);
        Interlocked.Increment(ref _counts[at >= 0 ? at : ~at]);
        double sum;
        do sum = Volatile.Read(ref _sum);
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _sum, sum + value, sum)) != BitConverter.DoubleToInt64Bits(sum));
    }

    internal long CountAt(int index) => Interlocked.Read(ref _counts[index]);
}
