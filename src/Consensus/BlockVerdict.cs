namespace LicenceChain.Consensus;

/// <summary>The node's answer to <see cref="Outputs.ExecuteBlock"/>.</summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Detail">Empty when valid; else why: for a divergence, the first differing transaction and key. Never personal data.</param>
public sealed record BlockVerdict(BlockVerdictKind Kind, string Detail)
{
    /// <summary>The block may be voted for.</summary>
    public static BlockVerdict Valid { get; } = new(BlockVerdictKind.Valid, "");

    /// <summary>The block breaks a rule.</summary>
    public static BlockVerdict Invalid(string detail) => new(BlockVerdictKind.Invalid, detail);

    /// <summary>The roots differ from those computed here.</summary>
    public static BlockVerdict Diverged(string detail) => new(BlockVerdictKind.Diverged, detail);
}
