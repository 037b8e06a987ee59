namespace LicenceChain.Cli.Audit;

/// <summary>The accesses to one licence's data, with every proof checked here rather than believed.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="Region">Whose Verifier told the trail; several, separated by commas, in a merged one.</param>
/// <param name="Height">The certified header that the checkpoints were proven under; 0: none.</param>
/// <param name="Entries">In the order of time, the halves of an access side by side.</param>
/// <param name="Unanchored">Entries that no checkpoint covers yet, as the Verifier says.</param>
/// <param name="Findings">What does not hold, in words; empty when all is well.</param>
internal sealed record CheckedTrail(string LicenceId, string Region, ulong Height, IReadOnlyList<CheckedEntry> Entries, ulong Unanchored, IReadOnlyList<string> Findings)
{
    /// <summary>True when every entry is proven and has its other half, and nothing waits for a checkpoint.</summary>
    public bool Complete => Findings.Count == 0 && Unanchored == 0 && Entries.All(entry => entry.Proven && entry.Matched);

    /// <summary>Accesses in the order of time, of each the verifier's half first.</summary>
    public static IReadOnlyList<CheckedEntry> InOrder(IEnumerable<CheckedEntry> entries)
    {
        var accesses = entries.GroupBy(entry => entry.IsReading ? $"{entry.Origin}[{entry.Index}]" : entry.UseId, StringComparer.Ordinal);
        var ordered = accesses.OrderBy(access => access.Min(entry => entry.TimeMs)).ThenBy(access => access.Key, StringComparer.Ordinal);
        return [.. ordered.SelectMany(access => access.OrderByDescending(entry => entry.Side == "verifier").ThenBy(entry => entry.TimeMs).ThenBy(entry => entry.Index))];
    }
}
