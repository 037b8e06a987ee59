using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Divergence;

/// <summary>The first receipt that is not what a stored block says: known without asking anybody.</summary>
internal static class ReceiptDifference
{
    /// <summary>In plain words.</summary>
    public static string Describe(IReadOnlyList<Receipt> stored, IReadOnlyList<Receipt> here)
    {
        for (var i = 0; i < int.Min(stored.Count, here.Count); i++)
            if (!stored[i].Bytes.Span.SequenceEqual(here[i].Bytes.Span))
                return $"Transaction {i} ({here[i].Transaction}) is the first whose receipt differs: {here[i].Code} here, {stored[i].Code} in the block.";
        return "Every receipt is the same; a value that no receipt shows differs.";
    }
}
