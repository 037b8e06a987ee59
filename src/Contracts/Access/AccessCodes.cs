namespace LicenceChain.Contracts.Access;

/// <summary>Refusals of the access contract. Listed in docs/reference/codes.md.</summary>
public static class AccessCodes
{
    /// <summary>The origin is not an organisation code, '/' and the name of a log.</summary>
    public const string BadOrigin = "LC-ACC-001";

    /// <summary>The origin's organisation is not the signer's member.</summary>
    public const string OtherOrigin = "LC-ACC-002";

    /// <summary>The root or a hash of the consistency path is no digest, or the path is too long.</summary>
    public const string BadHash = "LC-ACC-003";

    /// <summary>The log did not grow since its last checkpoint.</summary>
    public const string NotGrown = "LC-ACC-004";

    /// <summary>The log does not begin with the entries of its last checkpoint.</summary>
    public const string Inconsistent = "LC-ACC-005";
}
