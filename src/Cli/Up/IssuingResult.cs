namespace LicenceChain.Cli.Up;

/// <summary>What the issuing came to.</summary>
/// <param name="Issued">Licences issued in this run, each by its own transaction.</param>
/// <param name="Skipped">Licences that the chain held already.</param>
/// <param name="Seconds">From the first submission to the last commit.</param>
/// <param name="TransactionsPerSecond">0 when nothing was issued.</param>
/// <param name="P50Ms">Median of the time from signing to commit.</param>
/// <param name="P99Ms">99th percentile of it.</param>
internal sealed record IssuingResult(int Issued, int Skipped, double Seconds, double TransactionsPerSecond, double P50Ms, double P99Ms)
{
    public static IssuingResult Of(IReadOnlyList<TimeSpan> latencies, int skipped, TimeSpan elapsed)
    {
        var sorted = latencies.Select(latency => latency.TotalMilliseconds).Order().ToList();
        var seconds = elapsed.TotalSeconds;
        return new IssuingResult(
            sorted.Count, skipped, Round(seconds), sorted.Count == 0 ? 0 : Round(sorted.Count / seconds), Percentile(sorted, 0.50), Percentile(sorted, 0.99));
    }

    /// <summary>Nearest rank: the smallest value that at least this share of all does not exceed.</summary>
    internal static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)]);

    private static double Round(double value) => Math.Round(value, 1);
}
