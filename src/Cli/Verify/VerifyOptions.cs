namespace LicenceChain.Cli.Verify;

/// <summary>What <c>verify</c> was asked to do through a Verifier.</summary>
/// <param name="Subject">A presentation file, a licence identifier or a serial.</param>
/// <param name="Region">Whose Verifier; null: the one of the presentation's audience, else the first region's.</param>
/// <param name="Requester">Organisation code; null: the presentation's audience, else the Verifier's own.</param>
/// <param name="Officer">Officer number for the access logs.</param>
/// <param name="Matter">Null: the presentation's.</param>
/// <param name="Attributes">Empty: those that the presentation shows.</param>
/// <param name="Grant">Hexadecimal; null: the one that the presentation names.</param>
/// <param name="Nonce">Hexadecimal; null: none was given.</param>
internal sealed record VerifyOptions(
    string Subject, string? Region, string? Requester, string Officer, string? Matter, IReadOnlyList<string> Attributes, string? Grant, string? Nonce);
