namespace LicenceChain.Protocol.Credentials;

/// <summary>Why a presentation is refused (docs/reference/codes.md, section LC-PRE).</summary>
public static class PresentationCodes
{
    /// <summary>Not the canonical encoding of a presentation, or a field out of bounds.</summary>
    public const string Malformed = "LC-PRE-001";

    /// <summary>Credential or statement name another chain.</summary>
    public const string WrongChain = "LC-PRE-002";

    /// <summary>The statement was made for another credential.</summary>
    public const string CredentialMismatch = "LC-PRE-003";

    /// <summary>The issuer key shown is not the one that the credential names.</summary>
    public const string IssuerKeyMismatch = "LC-PRE-004";

    /// <summary>The issuer's signature over the credential is wrong.</summary>
    public const string IssuerSignature = "LC-PRE-005";

    /// <summary>The holder's signature over the statement is wrong.</summary>
    public const string HolderSignature = "LC-PRE-006";

    /// <summary>A disclosed attribute does not stand under the credential's commitment.</summary>
    public const string DisclosureNotCommitted = "LC-PRE-007";

    /// <summary>The disclosures are not the ones the holder signed for.</summary>
    public const string DisclosuresMismatch = "LC-PRE-008";

    /// <summary>Presented to another organisation.</summary>
    public const string WrongAudience = "LC-PRE-009";

    /// <summary>Presented for another matter.</summary>
    public const string WrongMatter = "LC-PRE-010";

    /// <summary>Too old, or dated in the future.</summary>
    public const string Stale = "LC-PRE-011";

    /// <summary>Does not carry the nonce that was asked for.</summary>
    public const string WrongNonce = "LC-PRE-012";
}
