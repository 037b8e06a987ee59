using System.Numerics;
using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// Merkle trees over a list, as in RFC 6962 and RFC 9162 with SM3 for the hash: leaf = SM3(00‖data), node = SM3(01‖left‖right).
/// Leaves are given as leaf hashes. Everything is iterative and no path is longer than <see cref="MaxPathLength"/>.
/// </summary>
public static class MerkleTree
{
    /// <summary>Longest path: a tree of 2^64 leaves has 64 levels; a consistency path has one hash more.</summary>
    public const int MaxPathLength = 64;

    private const byte NodePrefix = 0x01;

    /// <summary>Root of the tree without leaves: SM3 of nothing.</summary>
    public static Hash256 EmptyRoot { get; } = Sm3.Hash([]);

    /// <summary>SM3(00‖data).</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> data) => Sm3.Hash([0x00], data);

    /// <summary>The leaf hash of each of many leaves, in order.</summary>
    public static Hash256[] LeafHashes<T>(IReadOnlyList<T> leaves, Func<T, ReadOnlyMemory<byte>> bytesOf)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var hashes = new Hash256[leaves.Count];
        Sm3Batch.Hash([0x00], leaves, bytesOf, hashes);
        return hashes;
    }

    /// <summary>SM3(01‖left‖right).</summary>
    [SkipLocalsInit]
    public static Hash256 NodeHash(in Hash256 left, in Hash256 right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Hash256.Size];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Hash256.Size)..]);
        return Sm3.Hash(node);
    }

    /// <summary>Root over the leaf hashes, in order.</summary>
    public static Hash256 Root(IReadOnlyList<Hash256> leafHashes) => Root(leafHashes, 0, leafHashes.Count);

    /// <summary>The hashes beside the way from leaf <paramref name="index"/> up to the root; throws for an index outside of the list.</summary>
    public static Hash256[] InclusionPath(IReadOnlyList<Hash256> leafHashes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leafHashes.Count);
        var level = Copy(leafHashes, 0, leafHashes.Count);
        var path = new List<Hash256>();
        for (var count = level.Length; count > 1; count = Fold(level, count))
        {
            var sibling = index ^ 1;
            if (sibling < count) path.Add(level[sibling]);
            index >>= 1;
        }
        return [.. path];
    }

    /// <summary>True when <paramref name="leaf"/> stands at <paramref name="index"/> of the tree of <paramref name="size"/> leaves under <paramref name="root"/> (RFC 9162, 2.1.3.2).</summary>
    public static bool VerifyInclusion(Hash256 leaf, ulong index, ulong size, ReadOnlySpan<Hash256> path, Hash256 root)
    {
        if (index >= size || path.Length > MaxPathLength) return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (ref readonly var sibling in path)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(sibling, hash);
                SkipLonely(ref node, ref last);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    /// <summary>The hashes that show that the first <paramref name="oldSize"/> leaves are the tree of that size; throws when it is larger than the list. Empty for 0 and for the whole list.</summary>
    public static Hash256[] ConsistencyPath(IReadOnlyList<Hash256> leafHashes, int oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, leafHashes.Count);
        if (oldSize == 0 || oldSize == leafHashes.Count) return [];
        // RFC 9162, 2.1.4.1 without the recursion: go down to the end of the old tree, then reverse what was passed.
        var (start, count, complete) = (0, leafHashes.Count, true);
        var path = new List<Hash256>();
        while (oldSize != count)
        {
            var left = 1 << BitOperations.Log2((uint)count - 1);
            if (oldSize <= left)
            {
                path.Add(Root(leafHashes, start + left, count - left));
                count = left;
            }
            else
            {
                path.Add(Root(leafHashes, start, left));
                (start, count, oldSize, complete) = (start + left, count - left, oldSize - left, false);
            }
        }
        if (!complete) path.Add(Root(leafHashes, start, count));
        path.Reverse();
        return [.. path];
    }

    /// <summary>True when the tree of <paramref name="newSize"/> leaves begins with the tree of <paramref name="oldSize"/> (RFC 9162, 2.1.4.2). From size 0 and between equal sizes the path is empty.</summary>
    public static bool VerifyConsistency(ulong oldSize, ulong newSize, Hash256 oldRoot, Hash256 newRoot, ReadOnlySpan<Hash256> path)
    {
        if (oldSize > newSize || path.Length > MaxPathLength + 1) return false;
        if (oldSize == newSize) return path.IsEmpty && oldRoot == newRoot && (oldSize > 0 || oldRoot == EmptyRoot);
        if (oldSize == 0) return path.IsEmpty && oldRoot == EmptyRoot;
        // A complete old tree is itself the first hash and is left out of the path.
        var whole = BitOperations.IsPow2(oldSize);
        if (!whole && path.IsEmpty) return false;
        var (node, last) = (oldSize - 1, newSize - 1);
        var shift = BitOperations.TrailingZeroCount(~node);
        node >>= shift;
        last >>= shift;
        var oldHash = whole ? oldRoot : path[0];
        var newHash = oldHash;
        foreach (ref readonly var sibling in whole ? path : path[1..])
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                oldHash = NodeHash(sibling, oldHash);
                newHash = NodeHash(sibling, newHash);
                SkipLonely(ref node, ref last);
            }
            else
            {
                newHash = NodeHash(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash == oldRoot && newHash == newRoot;
    }

    private static Hash256 Root(IReadOnlyList<Hash256> leafHashes, int start, int count)
    {
        if (count == 0) return EmptyRoot;
        if (count == 1) return leafHashes[start];
        var level = Copy(leafHashes, start, count);
        while (count > 1) count = Fold(level, count);
        return level[0];
    }

    // One level up, in place. A hash without a sibling goes up as it is, which is RFC 6962's split at a power of two.
    private static int Fold(Hash256[] level, int count)
    {
        Sm3Lanes.HashPairs(NodePrefix, level.AsSpan(0, count & ~1), level.AsSpan(0, count / 2));
        if ((count & 1) == 1) level[count / 2] = level[count - 1];
        return (count + 1) / 2;
    }

    // A node without a right sibling went up as it is: skip the levels where nothing was beside it.
    private static void SkipLonely(ref ulong node, ref ulong last)
    {
        if ((node & 1) == 1 || node == 0) return;
        var shift = BitOperations.TrailingZeroCount(node);
        node >>= shift;
        last >>= shift;
    }

    private static Hash256[] Copy(IReadOnlyList<Hash256> leafHashes, int start, int count)
    {
        var copy = new Hash256[count];
        for (var i = 0; i < count; i++) copy[i] = leafHashes[start + i];
        return copy;
    }
}
