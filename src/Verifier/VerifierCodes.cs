namespace LicenceChain.Verifier;

/// <summary>What the Verifier itself can say, besides the codes of presentations, recognition, contracts and vaults. Listed in docs/reference/codes.md.</summary>
public static class VerifierCodes
{
    /// <summary>The request cannot be read: a field is missing, malformed, or contradicts another.</summary>
    public const string BadRequest = "LC-VRF-001";

    /// <summary>The requester is another member than the one that this Verifier speaks for.</summary>
    public const string OtherMember = "LC-VRF-002";

    /// <summary>Whether the use of the grant was committed is not known.</summary>
    public const string ConsumptionUnknown = "LC-VRF-003";

    /// <summary>The issuing region's vault did not answer, or this Verifier knows no node there.</summary>
    public const string VaultUnavailable = "LC-VRF-004";

    /// <summary>What the vault answered does not open, is another credential's, or is not what was asked for.</summary>
    public const string FalseRelease = "LC-VRF-005";

    /// <summary>As many verifications are under way as this Verifier takes.</summary>
    public const string Busy = "LC-VRF-006";

    /// <summary>The access log cannot be written, so nothing is answered.</summary>
    public const string LogUnavailable = "LC-VRF-007";

    /// <summary>The checkpoint could not be anchored.</summary>
    public const string NotAnchored = "LC-VRF-008";
}
