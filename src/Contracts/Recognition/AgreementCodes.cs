namespace LicenceChain.Contracts.Recognition;

/// <summary>Refusals of the recognition contract: matters and agreements. Listed in docs/reference/codes.md.</summary>
public static class AgreementCodes
{
    /// <summary>The matter's code, name or region is malformed.</summary>
    public const string BadMatter = "LC-REC-101";

    /// <summary>The matter is another region's.</summary>
    public const string OtherRegion = "LC-REC-102";

    /// <summary>The needs are not 1 to 32 distinct licence types in order, each with a list of attributes.</summary>
    public const string BadNeeds = "LC-REC-103";

    /// <summary>A licence type, or an attribute of one, is not in the catalogue.</summary>
    public const string UnknownType = "LC-REC-104";

    /// <summary>The version is not the one after the last (1 for something new).</summary>
    public const string BadVersion = "LC-REC-105";

    /// <summary>The agreement's name, title or date is malformed.</summary>
    public const string BadAgreement = "LC-REC-106";

    /// <summary>The regions are not 2 to 34 distinct codes in order.</summary>
    public const string BadRegions = "LC-REC-107";

    /// <summary>The licence types are not 1 to 200 distinct codes in order.</summary>
    public const string BadTypes = "LC-REC-108";

    /// <summary>The agreement does not name the signer's region.</summary>
    public const string NotAParty = "LC-REC-109";

    /// <summary>An agreement of this name is in force.</summary>
    public const string InForce = "LC-REC-110";

    /// <summary>No agreement of that name was proposed.</summary>
    public const string UnknownAgreement = "LC-REC-111";

    /// <summary>What is accepted is not the document that stands proposed.</summary>
    public const string OtherDocument = "LC-REC-112";

    /// <summary>The region accepted before.</summary>
    public const string AlreadyAccepted = "LC-REC-113";
}
