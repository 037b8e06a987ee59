namespace LicenceChain.Cli.Audit;

/// <summary>One half of an access, read from the exact record that the log holds.</summary>
/// <param name="Side"><c>verifier</c> or <c>vault</c>.</param>
/// <param name="Origin">The log.</param>
/// <param name="Index">Place in it.</param>
/// <param name="Requester">Organisation that asked.</param>
/// <param name="Officer">Its officer.</param>
/// <param name="Matter">For what.</param>
/// <param name="Attributes">Names of the attributes asked for.</param>
/// <param name="UseId">Joins the two halves.</param>
/// <param name="Decision"><c>released</c>, <c>refused</c> or <c>undetermined</c>.</param>
/// <param name="Code">Stable code of the decision.</param>
/// <param name="TimeMs">Unix milliseconds.</param>
/// <param name="Proven">True when the inclusion proof leads to the root that the chain holds for this log: computed here.</param>
/// <param name="Matched">True when the other half stands in the other log, or there can be none because nothing was released.</param>
/// <param name="OtherHalf">The log that holds the other half, also where its entry is not among those told; null: there is none, or it is missing.</param>
internal sealed record CheckedEntry(
    string Side, string Origin, ulong Index, string Requester, string Officer, string Matter, IReadOnlyList<string> Attributes,
    string UseId, string Decision, string Code, ulong TimeMs, bool Proven, bool Matched, string? OtherHalf)
{
    // As the Verifier logs it when somebody asks for a trail (docs/reference/verifier-api.md).
    private const string ReadingMatter = "audit-reading";

    /// <summary>True for a reading of the log itself, not of the licence's data.</summary>
    public bool IsReading => Matter == ReadingMatter;
}
