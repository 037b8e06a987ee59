namespace LicenceChain.EndToEnd;

/// <summary>Waits for a condition of another process; there is no event to subscribe to across that border.</summary>
internal static class Await
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Asks again every 50 ms until <paramref name="holds"/>; fails with <paramref name="what"/> after <paramref name="limit"/>, or <see cref="Limit"/>.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? Limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            try
            {
                await tick.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Within {limit ?? Limit}: {what}");
            }
        }
    }

    /// <summary>Lets <paramref name="time"/> pass: how long a fault lasts, or a byte travels. Never a way to wait for something.</summary>
    public static async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(double.Max(1, time.TotalMilliseconds)));
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
