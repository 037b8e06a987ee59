namespace LicenceChain.Sdk.Verification;

/// <summary>Why a licence is not valid, or why nothing can be said. Listed in docs/reference/codes.md. Presentations have LC-PRE codes of their own.</summary>
public static class VerificationCodes
{
    /// <summary>Everything was proven.</summary>
    public const string Valid = "OK";

    /// <summary>The proof is not canonical, its certificate lacks a quorum of true signatures, or a path does not lead to the header's root.</summary>
    public const string FalseProof = "LC-VER-001";

    /// <summary>The header was decided by a validator set that the anchor does not know.</summary>
    public const string UnknownValidators = "LC-VER-002";

    /// <summary>The proof does not speak about the issuer's key.</summary>
    public const string IssuerKeyNotProven = "LC-VER-003";

    /// <summary>The issuer's key is not on chain, is another member's, or may not issue.</summary>
    public const string IssuerKeyRefused = "LC-VER-004";

    /// <summary>The proof does not speak about the licence.</summary>
    public const string LicenceNotProven = "LC-VER-005";

    /// <summary>The chain holds no such licence.</summary>
    public const string UnknownLicence = "LC-VER-006";

    /// <summary>The credential is not the one that the chain records for the licence.</summary>
    public const string CredentialNotOnChain = "LC-VER-007";

    /// <summary>Revoked.</summary>
    public const string Revoked = "LC-VER-008";

    /// <summary>Suspended.</summary>
    public const string Suspended = "LC-VER-009";

    /// <summary>Its validity has ended.</summary>
    public const string Expired = "LC-VER-010";

    /// <summary>Its validity has not begun.</summary>
    public const string NotYetValid = "LC-VER-011";

    /// <summary>The header is older than the verifier takes.</summary>
    public const string StaleProof = "LC-VER-012";

    /// <summary>The bundle lacks a part, or a part is malformed.</summary>
    public const string MalformedBundle = "LC-VER-013";

    /// <summary>The header's time lies ahead of the verifier's clock by more than clocks differ.</summary>
    public const string FutureProof = "LC-VER-014";
}
