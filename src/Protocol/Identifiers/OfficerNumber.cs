using System.Buffers;

namespace LicenceChain.Protocol.Identifiers;

/// <summary>The number of an officer or a service within its member. It stands in access logs, so nothing personal may pass for one.</summary>
public static class OfficerNumber
{
    /// <summary>Longest number in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for refusals.</summary>
    public const string Rule = "a number of 1 to 64 characters of A-Z, a-z, 0-9, '-', '_', '.' and '/', never a name or a citizen number";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    /// <summary>True for a text that follows <see cref="Rule"/>.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed) && !CitizenId.IsIn(text);
}
