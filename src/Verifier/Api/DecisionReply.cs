namespace LicenceChain.Verifier.Api;

/// <summary>An explained decision.</summary>
public sealed record DecisionReply
{
    /// <summary><c>recognised</c>, <c>refused</c> or <c>undetermined</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Stable code (docs/reference/codes.md).</summary>
    public required string Code { get; init; }

    /// <summary>The clauses hit, for example <c>yangtze-delta-2025/1#types</c>.</summary>
    public required IReadOnlyList<string> Clauses { get; init; }

    /// <summary>In Chinese.</summary>
    public required string Chinese { get; init; }

    /// <summary>In English.</summary>
    public required string English { get; init; }

    /// <summary>SM3 over what was evaluated, 64 hexadecimal digits; empty where the rules were not reached.</summary>
    public required string InputsHash { get; init; }

    /// <summary>Block time it was evaluated at, Unix milliseconds; 0 where no header was proven.</summary>
    public required ulong AtMs { get; init; }

    /// <summary>Height of that block; 0 where no header was proven.</summary>
    public required ulong Height { get; init; }
}
