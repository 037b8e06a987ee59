namespace LicenceChain.Contracts.Values;

/// <summary>Names of a licence's attributes, alone and in lists.</summary>
internal static class AttributeNames
{
    /// <summary>Longest name in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Most attributes of one licence type, and so of any list: the widest type of GB/T 36903 has fewer than 50.</summary>
    public const int MaxCount = 64;

    /// <summary>The rule of a list in words, for refusals.</summary>
    public const string ListRule = "1 to 64 distinct names, ascending; a name is a letter and at most 63 letters or digits";

    /// <summary>True for an ASCII letter followed by at most 63 ASCII letters or digits.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > MaxLength || !char.IsAsciiLetter(text[0])) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        }

        return true;
    }

    /// <summary>True for a list that names each attribute once, in ordinal order.</summary>
    public static bool IsList(IReadOnlyList<string> names)
    {
        if (names.Count is 0 or > MaxCount || !SortedStrings.IsAscending(names)) return false;
        foreach (var name in names)
        {
            if (!IsName(name)) return false;
        }

        return true;
    }
}
