using LicenceChain.Cli.Up;

namespace LicenceChain.Cli.Tests.Up;

public sealed class IssuingResultTests
{
    [Fact]
    public void Percentiles_are_by_nearest_rank()
    {
        var result = IssuingResult.Of([.. Enumerable.Range(1, 100).Reverse().Select(ms => TimeSpan.FromMilliseconds(ms))], skipped: 7, TimeSpan.FromSeconds(2));

        Assert.Equal((100, 7, 50.0, 50.0, 99.0), (result.Issued, result.Skipped, result.TransactionsPerSecond, result.P50Ms, result.P99Ms));
    }

    [Fact]
    public void Nothing_issued_has_no_throughput() => Assert.Equal(new IssuingResult(0, 5, 0, 0, 0, 0), IssuingResult.Of([], 5, TimeSpan.Zero));
}
