using System.Globalization;

namespace LicenceChain.Join;

/// <summary>Times from submission to receipt, in milliseconds.</summary>
internal sealed record Latencies(double Median, double P99, double Max)
{
    public static Latencies Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        return new Latencies(milliseconds[milliseconds.Count / 2], milliseconds[milliseconds.Count * 99 / 100], milliseconds[^1]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"median {Median:F0} ms, p99 {P99:F0} ms, max {Max:F0} ms");
}
