namespace LicenceChain.Contracts.Values;

/// <summary>Lists that stand for sets: one set has one encoding.</summary>
internal static class SortedStrings
{
    /// <summary>True when each is greater than the one before it, by UTF-16 code units: sorted and distinct.</summary>
    public static bool IsAscending(IReadOnlyList<string> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (string.CompareOrdinal(values[i - 1], values[i]) >= 0) return false;
        }

        return true;
    }

    /// <summary>True when every one of <paramref name="values"/> is in <paramref name="set"/>. Both are bounded and small.</summary>
    public static bool ContainsAll(IReadOnlyList<string> set, IReadOnlyList<string> values) => FirstMissing(set, values) is null;

    /// <summary>The first of <paramref name="values"/> that is not in <paramref name="set"/>, or null.</summary>
    public static string? FirstMissing(IReadOnlyList<string> set, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (!set.Contains(value)) return value;
        }

        return null;
    }
}
