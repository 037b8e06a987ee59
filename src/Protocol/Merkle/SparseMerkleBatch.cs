using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// One batch of changes upon a tree: first the new nodes are put together, then they are hashed, leaves before inner nodes
/// and the deepest level first, many at once. Every touched node is hashed once.
/// </summary>
internal sealed class SparseMerkleBatch
{
    // Hashed together: eight fill a vector, and the inputs of this many stay in the nearest cache.
    private const int Chunk = 64;

    private readonly List<SparseMerkleNode.Leaf> _leaves = [];
    private readonly List<SparseMerkleNode.Inner>?[] _inners = new List<SparseMerkleNode.Inner>?[SparseMerkleTree.MaxDepth];

    /// <summary>Keys that came less keys that went.</summary>
    public long Added { get; private set; }

    /// <summary>The root after the changes, which ascend by key hash, each key once.</summary>
    public SparseMerkleNode? Apply(SparseMerkleNode? root, ReadOnlySpan<StateLeafChange> changes)
    {
        var changed = Update(root, changes, 0);
        HashLeaves(CollectionsMarshal.AsSpan(_leaves));
        for (var depth = _inners.Length - 1; depth >= 0; depth--)
            if (_inners[depth] is { } made)
                HashInners(CollectionsMarshal.AsSpan(made));
        return changed;
    }

    // Recursion ends at depth 256 at the latest: no two changes have the same key hash.
    private SparseMerkleNode? Update(SparseMerkleNode? node, ReadOnlySpan<StateLeafChange> changes, int depth)
    {
        if (changes.IsEmpty) return node;
        if (node is not SparseMerkleNode.Inner inner) return Build(node as SparseMerkleNode.Leaf, changes, depth);
        var split = Split(changes, depth);
        var left = Update(inner.Left, changes[..split], depth + 1);
        var right = Update(inner.Right, changes[split..], depth + 1);
        return ReferenceEquals(left, inner.Left) && ReferenceEquals(right, inner.Right) ? inner : Join(left, right, depth);
    }

    // Changes upon a subtree that held nothing, or one leaf.
    private SparseMerkleNode? Build(SparseMerkleNode.Leaf? held, ReadOnlySpan<StateLeafChange> changes, int depth)
    {
        if (changes.IsEmpty) return held;
        if (changes.Length == 1 && (held is null || held.KeyHash == changes[0].KeyHash)) return Replace(held, changes[0]);
        var split = Split(changes, depth);
        var heldRight = held is not null && held.KeyHash.Bit(depth);
        var left = Build(heldRight ? null : held, changes[..split], depth + 1);
        var right = Build(heldRight ? held : null, changes[split..], depth + 1);
        return Join(left, right, depth);
    }

    private SparseMerkleNode.Leaf? Replace(SparseMerkleNode.Leaf? held, in StateLeafChange change)
    {
        if (change.ValueHash is not { } value)
        {
            if (held is not null) Added--;
            return null;
        }
        if (held is null) Added++;
        return held is not null && held.ValueHash == value ? held : Made(new SparseMerkleNode.Leaf(change.KeyHash, value));
    }

    // A lone leaf goes up, so that the root does not tell what was there before.
    private SparseMerkleNode? Join(SparseMerkleNode? left, SparseMerkleNode? right, int depth) =>
        left is null && right is null or SparseMerkleNode.Leaf ? right
        : right is null && left is SparseMerkleNode.Leaf ? left
        : Made(new SparseMerkleNode.Inner(left, right), depth);

    // Index of the first change whose bit at `depth` is 1: they are sorted and share the bits before it.
    private static int Split(ReadOnlySpan<StateLeafChange> changes, int depth)
    {
        var (low, high) = (0, changes.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (changes[middle].KeyHash.Bit(depth)) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private SparseMerkleNode.Leaf Made(SparseMerkleNode.Leaf leaf)
    {
        _leaves.Add(leaf);
        return leaf;
    }

    private SparseMerkleNode.Inner Made(SparseMerkleNode.Inner inner, int depth)
    {
        (_inners[depth] ??= []).Add(inner);
        return inner;
    }

    [SkipLocalsInit]
    private static void HashLeaves(ReadOnlySpan<SparseMerkleNode.Leaf> leaves)
    {
        Span<Hash256> pairs = stackalloc Hash256[2 * Chunk];
        Span<Hash256> digests = stackalloc Hash256[Chunk];
        for (; !leaves.IsEmpty; leaves = leaves[int.Min(Chunk, leaves.Length)..])
        {
            var count = int.Min(Chunk, leaves.Length);
            for (var i = 0; i < count; i++) (pairs[2 * i], pairs[2 * i + 1]) = (leaves[i].KeyHash, leaves[i].ValueHash);
            Sm3Lanes.HashPairs(SparseMerkleNode.LeafPrefix, pairs[..(2 * count)], digests[..count]);
            for (var i = 0; i < count; i++) leaves[i].Hash = digests[i];
        }
    }

    [SkipLocalsInit]
    private static void HashInners(ReadOnlySpan<SparseMerkleNode.Inner> inners)
    {
        Span<Hash256> pairs = stackalloc Hash256[2 * Chunk];
        Span<Hash256> digests = stackalloc Hash256[Chunk];
        for (; !inners.IsEmpty; inners = inners[int.Min(Chunk, inners.Length)..])
        {
            var count = int.Min(Chunk, inners.Length);
            for (var i = 0; i < count; i++) (pairs[2 * i], pairs[2 * i + 1]) = (SparseMerkleNode.HashOf(inners[i].Left), SparseMerkleNode.HashOf(inners[i].Right));
            Sm3Lanes.HashPairs(SparseMerkleNode.InnerPrefix, pairs[..(2 * count)], digests[..count]);
            for (var i = 0; i < count; i++) inners[i].Hash = digests[i];
        }
    }
}
