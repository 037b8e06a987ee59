namespace LicenceChain.Verifier.Api;

/// <summary>One half of an access.</summary>
public sealed record AuditEntryReply
{
    /// <summary><c>verifier</c> or <c>vault</c>.</summary>
    public required string Side { get; init; }

    /// <summary>The log that it stands in.</summary>
    public required string Origin { get; init; }

    /// <summary>Place in that log.</summary>
    public required ulong Index { get; init; }

    /// <summary>Organisation that asked.</summary>
    public required string Requester { get; init; }

    /// <summary>Its officer.</summary>
    public required string Officer { get; init; }

    /// <summary>The matter.</summary>
    public required string Matter { get; init; }

    /// <summary>Names of the attributes asked for.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>The grant; empty where there was none.</summary>
    public required string GrantId { get; init; }

    /// <summary>Joins the two halves.</summary>
    public required string UseId { get; init; }

    /// <summary><c>released</c>, <c>refused</c> or <c>undetermined</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Stable code of the decision.</summary>
    public required string Code { get; init; }

    /// <summary>SM3 of the envelope released; empty on refusal.</summary>
    public required string ResultDigest { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required ulong TimeMs { get; init; }

    /// <summary>True when the inclusion proof leads to the checkpoint proven on chain.</summary>
    public required bool Proven { get; init; }

    /// <summary>Base64 of AccessEntry: the exact record and its inclusion proof.</summary>
    public required string Entry { get; init; }
}
