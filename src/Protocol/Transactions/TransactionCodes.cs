namespace LicenceChain.Protocol.Transactions;

/// <summary>Why a transaction was refused before any contract saw it. Listed in docs/reference/codes.md.</summary>
public static class TransactionCodes
{
    /// <summary>Not a canonical transaction: malformed, another encoding, an unknown field, or a field of the wrong length.</summary>
    public const string Malformed = "LC-TX-001";

    /// <summary>More bytes than a transaction may have.</summary>
    public const string Oversize = "LC-TX-002";

    /// <summary>Signed for another chain.</summary>
    public const string WrongChain = "LC-TX-003";

    /// <summary>The last height that may hold it has passed.</summary>
    public const string Expired = "LC-TX-004";

    /// <summary>Its last height lies further ahead than the chain's validity window.</summary>
    public const string TooFarAhead = "LC-TX-005";

    /// <summary>The chain already holds it.</summary>
    public const string Replayed = "LC-TX-006";

    /// <summary>The signature is not the named key's over these bytes.</summary>
    public const string BadSignature = "LC-TX-007";

    /// <summary>No such key on the chain.</summary>
    public const string UnknownKey = "LC-TX-008";

    /// <summary>The key, or its member, is suspended, removed or expired.</summary>
    public const string InactiveKey = "LC-TX-009";

    /// <summary>No contract or no method of that name.</summary>
    public const string UnknownMethod = "LC-TX-010";

    /// <summary>The arguments are not the canonical message of the method.</summary>
    public const string BadArguments = "LC-TX-011";

    /// <summary>The signer's key or member lacks the role that the method asks for.</summary>
    public const string MissingRole = "LC-TX-012";

    /// <summary>The mempool holds as many transactions of this member as its fair share allows.</summary>
    public const string MempoolFull = "LC-TX-013";

    /// <summary>The mempool holds it already.</summary>
    public const string AlreadyPending = "LC-TX-014";

    /// <summary>It would read or write more than one transaction may.</summary>
    public const string OverBudget = "LC-TX-015";

    /// <summary>It expired in the mempool without being committed.</summary>
    public const string Dropped = "LC-TX-016";
}
