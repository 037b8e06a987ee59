using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Protocol.Standings;

/// <summary>Bounds of a <see cref="NodeStanding"/>: what one peer makes another keep.</summary>
public static class StandingLimits
{
    /// <summary>Longest reason code.</summary>
    public const int MaxReason = 32;

    /// <summary>Longest text in UTF-16 code units.</summary>
    public const int MaxDetail = 512;

    /// <summary>Longest name of a build.</summary>
    public const int MaxProgram = 64;

    /// <summary>Most keys in a list: every validator, and as many observers.</summary>
    public const int MaxKeys = 2 * ProtocolLimits.MaxValidators;

    /// <summary>Largest signed standing in bytes: two lists of keys of 34 bytes, two texts, and what is left with room.</summary>
    public const int MaxBytes = 20 * 1024;

    /// <summary>True for a code, <c>a-z</c> and '-', or nothing.</summary>
    public static bool IsReason(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxReason) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterLower(c) && c != '-')
                return false;
        return true;
    }

    /// <summary>True for a text that may stand in a line of somebody's log or terminal: short, and without control characters.</summary>
    public static bool IsDetail(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxDetail) return false;
        foreach (var c in text)
            if (char.IsControl(c))
                return false;
        return true;
    }

    /// <summary>A text of our own, made to pass <see cref="IsDetail"/>.</summary>
    internal static string Fit(string text)
    {
        if (IsDetail(text)) return text;
        Span<char> fitted = stackalloc char[int.Min(text.Length, MaxDetail)];
        for (var i = 0; i < fitted.Length; i++) fitted[i] = char.IsControl(text[i]) ? ' ' : text[i];
        return char.IsHighSurrogate(fitted[^1]) ? new string(fitted[..^1]) : new string(fitted);
    }
}
