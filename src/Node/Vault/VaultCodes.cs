namespace LicenceChain.Node.Vault;

/// <summary>Why a vault refused. A refusal of recognition carries its own code (LC-REC-…). Listed in docs/reference/codes.md.</summary>
public static class VaultCodes
{
    /// <summary>Not a canonical request: malformed, an unknown field, or a field out of bounds.</summary>
    public const string Malformed = "LC-VLT-001";

    /// <summary>Signed for another chain.</summary>
    public const string WrongChain = "LC-VLT-002";

    /// <summary>The signer's key is unknown, inactive, expired, no service key, or another member's than the requester.</summary>
    public const string BadSigner = "LC-VLT-003";

    /// <summary>The signature is not the named key's over this statement.</summary>
    public const string BadSignature = "LC-VLT-004";

    /// <summary>The request's time lies too far from this node's.</summary>
    public const string Stale = "LC-VLT-005";

    /// <summary>The same request was made before.</summary>
    public const string Replayed = "LC-VLT-006";

    /// <summary>The chain holds no use of the grant with this use id.</summary>
    public const string NoUse = "LC-VLT-007";

    /// <summary>The use was consumed by another member, for another licence or another matter.</summary>
    public const string OtherUse = "LC-VLT-008";

    /// <summary>The use was consumed too long ago.</summary>
    public const string UseTooOld = "LC-VLT-009";

    /// <summary>This vault does not hold the licence's data, or holds another version than the chain names.</summary>
    public const string NotHeld = "LC-VLT-010";

    /// <summary>The licence has no such attribute.</summary>
    public const string NoSuchAttribute = "LC-VLT-011";

    /// <summary>The node is behind the chain and cannot judge.</summary>
    public const string Behind = "LC-VLT-012";

    /// <summary>What the vault keeps cannot be read: its file is damaged, or its disk fails. Nothing was decided.</summary>
    public const string Unreadable = "LC-VLT-013";

    /// <summary>The vault's log lost entries that the chain holds a checkpoint of, or holds others. Nothing is released, and nothing was decided.</summary>
    public const string LogLost = "LC-VLT-014";

    /// <summary>A deposit's disclosures are not the ones that its credential commits to.</summary>
    public const string OtherCommitment = "LC-VLT-020";

    /// <summary>A deposit's issuer is unknown, inactive, no issuer, or its key may not issue.</summary>
    public const string BadIssuer = "LC-VLT-021";

    /// <summary>A deposit's issuer belongs to another region: its own vault keeps its data.</summary>
    public const string OtherRegion = "LC-VLT-022";

    /// <summary>The chain names another credential for the licence than the deposit brings.</summary>
    public const string OtherCredential = "LC-VLT-023";

    /// <summary>A batch has 1 to 1,000 deposits.</summary>
    public const string BadBatch = "LC-VLT-024";

    /// <summary>The deposits cannot be kept: the disk is full or fails, or the file is damaged. Nothing of the batch was kept.</summary>
    public const string NotKept = "LC-VLT-025";

    /// <summary>True for codes that say nothing of the request: the same may succeed later.</summary>
    public static bool IsUndetermined(string code) => code is Behind or Unreadable or LogLost or NotKept;
}
