using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Divergence;

/// <summary>The first transaction, and the first of its keys, that came to something else at a peer.</summary>
/// <param name="Index">Of the transaction in the block.</param>
/// <param name="Transaction">Its id.</param>
/// <param name="Text">What differs: keys and hashes only.</param>
internal sealed record Difference(int Index, TransactionId Transaction, string Text)
{
    /// <summary>Compares one transaction; null when all is the same.</summary>
    public static Difference? Between(int index, TransactionId id, TransactionTrace here, TransactionTrace there)
    {
        var codes = here.Code == there.Code ? "" : $", receipt {here.Code} here, {there.Code} there";
        for (int i = 0, j = 0; i < here.Writes.Count || j < there.Writes.Count;)
        {
            var order = i == here.Writes.Count ? 1 : j == there.Writes.Count ? -1 : here.Writes[i].Key.CompareTo(there.Writes[j].Key);
            if (order == 0 && here.Writes[i].ValueHash == there.Writes[j].ValueHash)
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            var key = order <= 0 ? here.Writes[i].Key : there.Writes[j].Key;
            var (mine, theirs) = (order <= 0 ? HashText(here.Writes[i].ValueHash) : "not written", order >= 0 ? HashText(there.Writes[j].ValueHash) : "not written");
            return new Difference(index, id, $"key {KeyText.Of(key)}: {mine} here, {theirs} there{codes}");
        }

        return here.Receipt == there.Receipt ? null : new Difference(index, id, $"the receipt: {here.Receipt} here, {there.Receipt} there{codes}; the same keys and values were written");

        static string HashText(Hash256? hash) => hash?.ToString() ?? "removed";
    }

    /// <summary>In plain words.</summary>
    public override string ToString() => $"transaction {Index} ({Transaction}), {Text}";
}
