using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node;

/// <summary>What became of a submitted transaction. Exactly one of: refused, pending (no refusal, no receipt), committed (receipt with its place).</summary>
/// <param name="Transaction">Its id; null when the bytes were no transaction.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
/// <param name="Height">The block that holds it; null unless committed.</param>
/// <param name="Index">Its place in that block; 0 unless committed.</param>
/// <param name="Receipt">Its receipt, which may itself be a contract's refusal; null unless committed.</param>
public sealed record SubmitResult(TransactionId? Transaction, Refusal? Refusal, Height? Height, int Index, Receipt? Receipt)
{
    /// <summary>Refused before it was taken.</summary>
    public static SubmitResult Refused(TransactionId? transaction, Refusal refusal) => new(transaction, refusal, null, 0, null);

    /// <summary>Taken into the mempool.</summary>
    public static SubmitResult Pending(TransactionId transaction) => new(transaction, null, null, 0, null);

    /// <summary>Committed and flushed.</summary>
    public static SubmitResult Committed(Height height, int index, Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new SubmitResult(receipt.Transaction, null, height, index, receipt);
    }
}
