using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Contracts.Values;

/// <summary>A name, title or purpose for people to read. It stands on the chain: whoever types a holder's number into it is refused.</summary>
internal static class PlainText
{
    /// <summary>Longest text in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>The rule in words, for refusals.</summary>
    public const string Rule = "1 to 200 characters, none of them a control character, and no citizen number";

    /// <summary>True for 1 to 200 characters without control characters or a citizen number.</summary>
    public static bool IsValid(string text) => text.Length > 0 && IsValidOrEmpty(text);

    /// <summary>True for at most 200 characters without control characters or a citizen number.</summary>
    public static bool IsValidOrEmpty(string text)
    {
        if (text.Length > MaxLength) return false;
        foreach (var c in text)
        {
            if (char.IsControl(c)) return false;
        }

        return !CitizenId.IsIn(text);
    }
}
