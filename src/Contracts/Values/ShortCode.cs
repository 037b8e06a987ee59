using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Contracts.Values;

/// <summary>A code of a registry of ours (licence type, matter, agreement, reason, log): 1 to 64 characters of <c>a-z 0-9 -</c>. Codes stand on chain and in logs, so none holds a citizen number.</summary>
internal static class ShortCode
{
    /// <summary>Longest code in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for refusals.</summary>
    public const string Rule = "1 to 64 characters of a-z, 0-9 and '-', never a citizen number";

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>True for a well-formed code.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed) && !CitizenId.IsIn(text);
}
