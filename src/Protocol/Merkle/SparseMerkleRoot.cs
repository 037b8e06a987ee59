using System.Runtime.InteropServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// The root that <see cref="SparseMerkleTree"/> gives for a set of leaves, without a tree: for who compares a root and keeps nothing. The inner nodes of each depth stand in
/// one list and are hashed together, the deepest first; some 130 bytes a leaf while it runs.
/// </summary>
public static class SparseMerkleRoot
{
    /// <summary>The root over all leaves, in whatever order; 32 zero bytes for none. Throws when a key stands twice.</summary>
    public static Hash256 Of(IReadOnlyList<StateLeaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.Count == 0) return Hash256.Zero;
        var sorted = LeafOrder.Sort(leaves);
        var shape = new Shape(sorted);
        var top = shape.Add(0, sorted.Length, 0);
        var digests = new Hash256[sorted.Length];
        Sm3Lanes.HashPairs(SparseMerkleNode.LeafPrefix, MemoryMarshal.Cast<StateLeaf, Hash256>(sorted), digests);
        return shape.Hash(top, digests);
    }

    // Where a child stands: nowhere, a leaf, or an inner node one level deeper.
    private readonly record struct Child(int Place)
    {
        public static Child None => new(0);

        public static Child Leaf(int index) => new(index + 1);

        public static Child Inner(int index) => new(-index - 1);

        public Hash256 Hash(Hash256[] leaves, Hash256[] deeper) => Place > 0 ? leaves[Place - 1] : Place < 0 ? deeper[-Place - 1] : Hash256.Zero;
    }

    private sealed class Shape(StateLeaf[] leaves)
    {
        private readonly List<(Child Left, Child Right)>?[] _inners = new List<(Child, Child)>?[SparseMerkleTree.MaxDepth];

        // Leaves `from` to `to` share the bits before `depth`; depth 256 is not reached, since no two are equal.
        public Child Add(int from, int to, int depth)
        {
            if (to - from <= 1) return to == from ? Child.None : Child.Leaf(from);
            var split = Split(from, to, depth);
            var children = (Add(from, split, depth + 1), Add(split, to, depth + 1));
            var level = _inners[depth] ??= [];
            level.Add(children);
            return Child.Inner(level.Count - 1);
        }

        public Hash256 Hash(Child top, Hash256[] digests)
        {
            Hash256[] deeper = [];
            for (var depth = _inners.Length - 1; depth >= 0; depth--)
            {
                if (_inners[depth] is not { } level) continue;
                var pairs = new Hash256[2 * level.Count];
                for (var i = 0; i < level.Count; i++) (pairs[2 * i], pairs[(2 * i) + 1]) = (level[i].Left.Hash(digests, deeper), level[i].Right.Hash(digests, deeper));
                deeper = new Hash256[level.Count];
                Sm3Lanes.HashPairs(SparseMerkleNode.InnerPrefix, pairs, deeper);
            }

            return top.Hash(digests, deeper);
        }

        private int Split(int from, int to, int depth)
        {
            while (from < to)
            {
                var middle = (from + to) >>> 1;
                if (leaves[middle].KeyHash.Bit(depth)) to = middle;
                else from = middle + 1;
            }

            return from;
        }
    }
}
