namespace LicenceChain.EndToEnd;

/// <summary>Waits for a condition of another process; there is no event to subscribe to across that border.</summary>
internal static class Await
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Asks again every 50 ms until <paramref name="holds"/>; fails with <paramref name="what"/> after <see cref="Limit"/>.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            try
            {
                await tick.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Within {Limit}: {what}");
            }
        }
    }
}
