namespace LicenceChain.Contracts.Licences;

/// <summary>Refusals of the licences contract. Listed in docs/reference/codes.md.</summary>
public static class LicenceCodes
{
    /// <summary>Not an identifier of GB/T 36904 as it is minted.</summary>
    public const string BadId = "LC-LIC-001";

    /// <summary>The identifier names another issuer than the signer's member.</summary>
    public const string OtherIssuer = "LC-LIC-002";

    /// <summary>The catalogue has no such type.</summary>
    public const string UnknownType = "LC-LIC-003";

    /// <summary>The identifier's type code is not the catalogue type's.</summary>
    public const string OtherType = "LC-LIC-004";

    /// <summary>The licence exists, or stands twice in the batch.</summary>
    public const string AlreadyIssued = "LC-LIC-005";

    /// <summary>Holder tag, commitment or credential hash is missing, zero or of another length than 32 bytes.</summary>
    public const string BadDigest = "LC-LIC-006";

    /// <summary>The validity begins nowhere, ends before it begins, or is not of the type's term.</summary>
    public const string BadValidity = "LC-LIC-007";

    /// <summary>A batch is empty or has more than 500 licences.</summary>
    public const string BadBatch = "LC-LIC-008";

    /// <summary>No such licence.</summary>
    public const string UnknownLicence = "LC-LIC-009";

    /// <summary>The licence is another member's.</summary>
    public const string NotYours = "LC-LIC-010";

    /// <summary>The licence's status does not allow the change.</summary>
    public const string IllegalTransition = "LC-LIC-011";

    /// <summary>The reason is no short code.</summary>
    public const string BadReason = "LC-LIC-012";
}
