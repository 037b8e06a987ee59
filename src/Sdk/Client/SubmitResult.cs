using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Sdk.Client;

/// <summary>What became of a submitted transaction.</summary>
/// <param name="Transaction">Its id.</param>
/// <param name="Code"><c>OK</c>: committed and applied; <c>PENDING</c>: in the mempool; else the refusal's stable code.</param>
/// <param name="Detail">Empty unless refused.</param>
/// <param name="Height">The block that holds it; null until committed.</param>
/// <param name="Index">Its place in that block.</param>
/// <param name="Receipt">Null until committed. A refusal by a contract has one too.</param>
public sealed record SubmitResult(TransactionId Transaction, string Code, string Detail, Height? Height, uint Index, Receipt? Receipt)
{
    /// <summary>The code of a transaction that waits for its block.</summary>
    public const string Pending = "PENDING";

    /// <summary>True when it was committed and changed the state.</summary>
    public bool Applied => Code == Refusal.Ok;

    /// <summary>True while it waits for its block.</summary>
    public bool IsPending => Code == Pending;

    /// <summary>This result, or an exception with its code when the transaction was refused.</summary>
    public SubmitResult OrThrow() => Applied || IsPending ? this : throw new LicenceChainException(Code, Detail);

    internal static SubmitResult From(TransactionId id, SubmitReply reply)
    {
        Receipt? receipt = null;
        if (!reply.Receipt.IsEmpty && (!Receipt.TryParse(reply.Receipt.Memory, out receipt) || receipt.Transaction != id))
            throw new LicenceChainException(SdkCodes.BadAnswer, "The receipt is not this transaction's.");
        return reply.Code.Length == 0
            ? throw new LicenceChainException(SdkCodes.BadAnswer, "The answer carries no code.")
            : new SubmitResult(id, reply.Code, reply.Detail, reply.Height == 0 ? null : new Height(reply.Height), reply.Index, receipt);
    }
}
