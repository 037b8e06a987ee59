using System.Numerics;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>Roots and proofs of RFC 9162 from tiles: a proof over millions of leaves reads a handful of tiles.</summary>
internal sealed class TiledTree(HashTiles tiles)
{
    /// <summary>Root over the first <paramref name="size"/> leaves.</summary>
    public Hash256 Root(ulong size) => size == 0 ? MerkleTree.EmptyRoot : Range(0, size);

    /// <summary>The path that <see cref="MerkleTree.VerifyInclusion"/> takes.</summary>
    public Hash256[] InclusionPath(ulong index, ulong size)
    {
        var (start, count) = (0UL, size);
        var path = new List<Hash256>();
        while (count > 1)
        {
            var left = LeftOf(count);
            if (index - start < left)
            {
                path.Add(Range(start + left, count - left));
                count = left;
            }
            else
            {
                path.Add(Range(start, left));
                (start, count) = (start + left, count - left);
            }
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>The path that <see cref="MerkleTree.VerifyConsistency"/> takes; empty from 0 and between equal sizes.</summary>
    public Hash256[] ConsistencyPath(ulong oldSize, ulong newSize)
    {
        if (oldSize == 0 || oldSize == newSize) return [];
        var (start, count, complete) = (0UL, newSize, true);
        var path = new List<Hash256>();
        while (oldSize != count)
        {
            var left = LeftOf(count);
            if (oldSize <= left)
            {
                path.Add(Range(start + left, count - left));
                count = left;
            }
            else
            {
                path.Add(Range(start, left));
                (start, count, oldSize, complete) = (start + left, count - left, oldSize - left, false);
            }
        }

        if (!complete) path.Add(Range(start, count));
        path.Reverse();
        return [.. path];
    }

    /// <summary>The largest power of two below <paramref name="count"/>, where RFC 6962 splits a tree.</summary>
    private static ulong LeftOf(ulong count) => 1UL << BitOperations.Log2(count - 1);

    /// <summary>Root of the leaves from <paramref name="start"/> on, where start is a multiple of a power of two that is not below the count.</summary>
    private Hash256 Range(ulong start, ulong count)
    {
        var end = start + count;
        var root = Hash256.Zero;
        // From the right: each bit of the count is one complete subtree.
        for (var rest = count; rest > 0; rest &= rest - 1)
        {
            var height = BitOperations.TrailingZeroCount(rest);
            end -= 1UL << height;
            var subtree = Subtree(end, height);
            root = rest == count ? subtree : MerkleTree.NodeHash(subtree, root);
        }

        return root;
    }

    private Hash256 Subtree(ulong start, int height)
    {
        var level = height / HashTiles.Height;
        var first = start >> (level * HashTiles.Height);
        var count = 1 << (height % HashTiles.Height);
        var within = (int)(first % HashTiles.Width);
        var hashes = tiles.Tile(level, first / HashTiles.Width, within + count)[within..];
        return count == 1 ? hashes[0] : MerkleTree.Root(hashes.ToArray());
    }
}
