namespace LicenceChain.Contracts.Authorisations;

/// <summary>Refusals of the authorisations contract. Listed in docs/reference/codes.md.</summary>
public static class AuthorisationCodes
{
    /// <summary>The statement is not canonical, not for this chain, or has no 16-byte unique id.</summary>
    public const string BadStatement = "LC-AUT-001";

    /// <summary>The holder's key is none, or the signature is not its over the statement.</summary>
    public const string BadSignature = "LC-AUT-002";

    /// <summary>The grantee is no organisation code.</summary>
    public const string BadGrantee = "LC-AUT-003";

    /// <summary>The items are not 1 to 32 distinct licences, each with a list of attributes.</summary>
    public const string BadItems = "LC-AUT-004";

    /// <summary>The matter is no short code, or the purpose too long.</summary>
    public const string BadMatter = "LC-AUT-005";

    /// <summary>The grant ends before it begins, or has ended already.</summary>
    public const string BadPeriod = "LC-AUT-006";

    /// <summary>The uses are not 1 to 1,000,000.</summary>
    public const string BadUses = "LC-AUT-007";

    /// <summary>A licence that the grant names does not exist.</summary>
    public const string UnknownLicence = "LC-AUT-008";

    /// <summary>A licence or grant is another holder's.</summary>
    public const string OtherHolder = "LC-AUT-009";

    /// <summary>A licence's type has no attribute of that name.</summary>
    public const string UnknownAttribute = "LC-AUT-010";

    /// <summary>The chain holds this grant already.</summary>
    public const string AlreadyGranted = "LC-AUT-011";

    /// <summary>No such grant.</summary>
    public const string UnknownGrant = "LC-AUT-012";

    /// <summary>The grant was revoked.</summary>
    public const string Revoked = "LC-AUT-013";

    /// <summary>The grant is another member's to use.</summary>
    public const string OtherGrantee = "LC-AUT-014";

    /// <summary>The grant holds only from a later time on.</summary>
    public const string NotYet = "LC-AUT-015";

    /// <summary>The grant has ended.</summary>
    public const string Expired = "LC-AUT-016";

    /// <summary>Every use of the grant was consumed.</summary>
    public const string UsedUp = "LC-AUT-017";

    /// <summary>The grant is for another matter.</summary>
    public const string OtherMatter = "LC-AUT-018";

    /// <summary>The grant does not name the licence.</summary>
    public const string LicenceNotGranted = "LC-AUT-019";

    /// <summary>This use was consumed before.</summary>
    public const string UseRepeated = "LC-AUT-020";

    /// <summary>The use id is not 32 bytes, or all zero.</summary>
    public const string BadUse = "LC-AUT-021";
}
