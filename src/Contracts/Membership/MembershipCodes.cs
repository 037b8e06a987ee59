namespace LicenceChain.Contracts.Membership;

/// <summary>Why a genesis document, with its members and keys, or evidence against a validator is refused. Listed in docs/reference/codes.md.</summary>
public static class MembershipCodes
{
    /// <summary>The chain id or the time of the document is malformed.</summary>
    public const string BadDocument = "LC-MEM-001";

    /// <summary>A parameter is out of its bounds.</summary>
    public const string BadParameter = "LC-MEM-002";

    /// <summary>A member is malformed.</summary>
    public const string BadMember = "LC-MEM-003";

    /// <summary>Two members have the same organisation code.</summary>
    public const string RepeatedMember = "LC-MEM-004";

    /// <summary>A key is malformed, or expires before the chain begins.</summary>
    public const string BadKey = "LC-MEM-005";

    /// <summary>A key stands twice.</summary>
    public const string RepeatedKey = "LC-MEM-006";

    /// <summary>A key names a member that the document does not have.</summary>
    public const string UnknownMember = "LC-MEM-007";

    /// <summary>The validators are no set of 4 to 100 with distinct keys and members.</summary>
    public const string BadValidators = "LC-MEM-008";

    /// <summary>A validator's member lacks the role, or its key is no consensus key of that member.</summary>
    public const string ValidatorWithoutRole = "LC-MEM-009";

    /// <summary>A vote of the evidence is missing or malformed.</summary>
    public const string BadVote = "LC-MEM-010";

    /// <summary>The two votes are not of one seat and one height.</summary>
    public const string VotesApart = "LC-MEM-011";

    /// <summary>A correct validator may have signed both votes.</summary>
    public const string NoContradiction = "LC-MEM-012";

    /// <summary>The votes are of a height above the block's.</summary>
    public const string FutureVotes = "LC-MEM-013";

    /// <summary>The votes are not signed by the seat's key in the current validator set: forged, or of a height with another set.</summary>
    public const string NotTheSeats = "LC-MEM-014";

    /// <summary>Evidence against this key at this height is recorded already.</summary>
    public const string EvidenceRecorded = "LC-MEM-015";
}
