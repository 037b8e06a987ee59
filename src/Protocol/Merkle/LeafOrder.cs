using System.Buffers.Binary;

namespace LicenceChain.Protocol.Merkle;

/// <summary>Brings leaves into the order of their key hashes: by the first eight bytes as a number, which is several times faster than by all, then by all where those are equal.</summary>
internal static class LeafOrder
{
    /// <summary>A sorted copy. Throws when a key stands twice.</summary>
    public static T[] Sort<T>(IReadOnlyList<T> leaves)
        where T : struct, IKeyedLeaf
    {
        var keys = new ulong[leaves.Count];
        var order = new int[leaves.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var hash = leaves[i].KeyHash;
            keys[i] = BinaryPrimitives.ReadUInt64BigEndian(hash.Span);
            order[i] = i;
        }

        Array.Sort(keys, order);
        var sorted = new T[order.Length];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = leaves[order[i]];
        for (var (first, end) = (0, 0); first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first]; end++) { }
            if (end - first > 1) SortWhole(sorted.AsSpan(first, end - first)); // chance makes none; who grinds keys makes few
        }

        return sorted;
    }

    private static void SortWhole<T>(Span<T> leaves)
        where T : struct, IKeyedLeaf
    {
        leaves.Sort(static (a, b) => a.KeyHash.CompareTo(b.KeyHash));
        for (var i = 1; i < leaves.Length; i++)
            if (leaves[i].KeyHash == leaves[i - 1].KeyHash)
                throw new ArgumentException("A key stands twice in one batch.", nameof(leaves));
    }
}
