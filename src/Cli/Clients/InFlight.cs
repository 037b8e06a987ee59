namespace LicenceChain.Cli.Clients;

/// <summary>Runs many calls at once, up to a bound.</summary>
internal static class InFlight
{
    /// <summary>Submissions that wait for a block at the same time: enough to fill the blocks of a two-core machine.</summary>
    public const int Submissions = 512;

    /// <summary>Reads at the same time.</summary>
    public const int Reads = 64;

    /// <summary>Verifications at the same time, each with a transaction and a release in it.</summary>
    public const int Verifications = 128;

    /// <summary>Runs <paramref name="run"/> for every item; the results stand in the items' order. The first failure stops the rest.</summary>
    public static async Task<TResult[]> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int most, Func<TItem, CancellationToken, Task<TResult>> run, CancellationToken cancel, Action? done = null)
    {
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, items.Count), options, async (i, token) =>
        {
            results[i] = await run(items[i], token);
            done?.Invoke();
        });
        return results;
    }
}
