using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Mempool;

/// <summary>A valid transaction that waits for a block.</summary>
internal sealed class PendingTransaction(SignedTransaction transaction, OrganisationCode member, Submission? submission, bool isOwn)
{
    /// <summary>The transaction.</summary>
    public SignedTransaction Transaction { get; } = transaction;

    /// <summary>Whose fair share it takes.</summary>
    public OrganisationCode Member { get; } = member;

    /// <summary>The client that waits for its receipt; null when none does.</summary>
    public Submission? Submission { get; } = submission;

    /// <summary>True when a client of this node submitted it: this node sees to its gossip.</summary>
    public bool IsOwn { get; } = isOwn;

    /// <summary>True once it left the mempool: the queues drop it when they come by.</summary>
    public bool IsGone { get; set; }
}
