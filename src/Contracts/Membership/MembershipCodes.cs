namespace LicenceChain.Contracts.Membership;

/// <summary>Why a genesis document, evidence against a validator, or a change by governance is refused. Listed in docs/reference/codes.md.</summary>
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

    /// <summary>The votes are not signed by the seat's key in the validator set of their height: forged, or of a height whose set is no longer kept.</summary>
    public const string NotTheSeats = "LC-MEM-014";

    /// <summary>Evidence against this key at this height is recorded already.</summary>
    public const string EvidenceRecorded = "LC-MEM-015";

    /// <summary>The signer's member has no seat in the validator set.</summary>
    public const string NoSeat = "LC-MEM-016";

    /// <summary>A proposal is malformed: its title, the number of its changes, or an empty change.</summary>
    public const string BadProposal = "LC-MEM-017";

    /// <summary>A height is past, or too far ahead.</summary>
    public const string BadExpiry = "LC-MEM-018";

    /// <summary>This very document was proposed before.</summary>
    public const string RepeatedProposal = "LC-MEM-019";

    /// <summary>The member, or all members together, have too many open proposals.</summary>
    public const string TooManyProposals = "LC-MEM-020";

    /// <summary>No proposal has this id.</summary>
    public const string UnknownProposal = "LC-MEM-021";

    /// <summary>The proposal was adopted or withdrawn, or has expired.</summary>
    public const string ClosedProposal = "LC-MEM-022";

    /// <summary>The member approved this proposal before, and more approvals are needed.</summary>
    public const string AlreadyApproved = "LC-MEM-023";

    /// <summary>The member has neither proposed nor approved what it withdraws.</summary>
    public const string NotApproved = "LC-MEM-024";

    /// <summary>The change of the validator set was made for another set than the present one.</summary>
    public const string StaleSet = "LC-MEM-025";

    /// <summary>Too few seats stay: the newcomers' absence could stop the chain or its governance.</summary>
    public const string TooManyNewSeats = "LC-MEM-026";

    /// <summary>A member or key that has a seat in the validator set cannot be suspended, removed or struck from the list.</summary>
    public const string HasSeat = "LC-MEM-027";

    /// <summary>A member with a seat would have no key left with which to govern.</summary>
    public const string LastGovernor = "LC-MEM-028";

    /// <summary>The key is no active key with role CONSENSUS.</summary>
    public const string NoConsensusKey = "LC-MEM-029";

    /// <summary>A node's host, port or certificate is malformed or taken, or the list is full.</summary>
    public const string BadNode = "LC-MEM-030";

    /// <summary>No node with this key is listed.</summary>
    public const string UnknownNode = "LC-MEM-031";

    /// <summary>An upgrade's version or activation height is out of its bounds, or nothing of the kind is scheduled.</summary>
    public const string BadUpgrade = "LC-MEM-032";

    /// <summary>Another upgrade is scheduled.</summary>
    public const string UpgradePending = "LC-MEM-033";

    /// <summary>A field of an attestation is out of its bounds.</summary>
    public const string BadAttestation = "LC-MEM-034";

    /// <summary>An expired governing key renews governing keys of members with a seat that have no valid one, and does nothing else.</summary>
    public const string RenewsOnly = "LC-MEM-035";
}
