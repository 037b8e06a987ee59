namespace LicenceChain.Contracts.Recognition;

/// <summary>Stable codes of recognition decisions, in the order in which the rules are checked. Listed in docs/reference/codes.md.</summary>
public static class RecognitionCodes
{
    /// <summary>Recognised.</summary>
    public const string Recognised = "LC-REC-001";

    /// <summary>Undetermined: what the chain says could not be had.</summary>
    public const string FactsUnavailable = "LC-REC-002";

    /// <summary>Undetermined: what is known of the chain is too old.</summary>
    public const string FactsStale = "LC-REC-003";

    /// <summary>The request is malformed; nothing was evaluated.</summary>
    public const string BadRequest = "LC-REC-004";

    /// <summary>The requester is no member.</summary>
    public const string RequesterNotAMember = "LC-REC-011";

    /// <summary>The requester is suspended or removed.</summary>
    public const string RequesterNotActive = "LC-REC-012";

    /// <summary>The requester has no role verifier.</summary>
    public const string RequesterNotAVerifier = "LC-REC-013";

    /// <summary>The requester is a member of another region than it says.</summary>
    public const string RequesterOfAnotherRegion = "LC-REC-014";

    /// <summary>No such licence.</summary>
    public const string UnknownLicence = "LC-REC-021";

    /// <summary>The licence is revoked.</summary>
    public const string LicenceRevoked = "LC-REC-022";

    /// <summary>The licence is suspended.</summary>
    public const string LicenceSuspended = "LC-REC-023";

    /// <summary>The licence has expired.</summary>
    public const string LicenceExpired = "LC-REC-024";

    /// <summary>The licence's validity begins later.</summary>
    public const string LicenceNotYetValid = "LC-REC-025";

    /// <summary>Whoever presents the licence is not its holder.</summary>
    public const string NotTheHolder = "LC-REC-026";

    /// <summary>No agreement in force covers the two regions.</summary>
    public const string NoAgreement = "LC-REC-031";

    /// <summary>The agreement does not name the licence's type.</summary>
    public const string TypeNotRecognised = "LC-REC-032";

    /// <summary>No such matter.</summary>
    public const string UnknownMatter = "LC-REC-041";

    /// <summary>The matter is another region's.</summary>
    public const string MatterOfAnotherRegion = "LC-REC-042";

    /// <summary>The matter may not ask for an attribute, whatever the holder granted.</summary>
    public const string OverAsk = "LC-REC-043";

    /// <summary>The holder granted nothing.</summary>
    public const string NoGrant = "LC-REC-051";

    /// <summary>The grant is another organisation's.</summary>
    public const string GrantNotForThisRequester = "LC-REC-052";

    /// <summary>The holder revoked the grant.</summary>
    public const string GrantRevoked = "LC-REC-053";

    /// <summary>The grant holds only from a later time on.</summary>
    public const string GrantNotYet = "LC-REC-054";

    /// <summary>The grant has ended.</summary>
    public const string GrantExpired = "LC-REC-055";

    /// <summary>Every use of the grant was consumed.</summary>
    public const string GrantUsedUp = "LC-REC-056";

    /// <summary>The grant is for another matter.</summary>
    public const string WrongMatter = "LC-REC-057";

    /// <summary>The grant does not name the licence.</summary>
    public const string LicenceNotInGrant = "LC-REC-058";

    /// <summary>The grant does not name an attribute asked for.</summary>
    public const string AttributeNotGranted = "LC-REC-059";
}
