namespace LicenceChain.Protocol.Transactions;

/// <summary>An expected "no": a stable code (docs/reference/codes.md) and which value was refused. Never personal data.</summary>
/// <param name="Code">For example <c>LC-TX-004</c>.</param>
/// <param name="Detail">What was wrong and what would do.</param>
public sealed record Refusal(string Code, string Detail)
{
    /// <summary>The code of a receipt whose transaction was applied.</summary>
    public const string Ok = "OK";

    /// <summary>Code and detail on one line.</summary>
    public override string ToString() => $"{Code}: {Detail}";
}
