using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// The state tree: a map from key hash to value hash whose root depends on nothing but its contents. Jellyfish-style:
/// a subtree with one leaf is that leaf, an empty one is 32 zero bytes, so a path has about log2(keys) hashes.
/// Immutable, with structure shared between versions: a speculative block's tree is dropped for free.
/// Memory: about 205 bytes a key (a leaf of 112 bytes and 1.44 inner nodes of 64), plus the path copied by a change.
/// </summary>
public sealed class SparseMerkleTree
{
    /// <summary>Levels of the tree: the bits of a key hash.</summary>
    public const int MaxDepth = 256;

    private readonly SparseMerkleNode? _root;

    private SparseMerkleTree(SparseMerkleNode? root, long count) => (_root, Count) = (root, count);

    /// <summary>The tree without keys.</summary>
    public static SparseMerkleTree Empty { get; } = new(null, 0);

    /// <summary>The root; 32 zero bytes for the empty tree.</summary>
    public Hash256 Root => SparseMerkleNode.HashOf(_root);

    /// <summary>Number of keys.</summary>
    public long Count { get; }

    /// <summary>The tree after all changes at once, whatever their order; each touched inner node is hashed once. Throws when a key stands twice.</summary>
    public SparseMerkleTree Apply(IReadOnlyList<StateLeafChange> changes)
    {
        var sorted = LeafOrder.Sort(changes);
        var batch = new SparseMerkleBatch();
        var root = batch.Apply(_root, sorted);
        return ReferenceEquals(root, _root) ? this : new SparseMerkleTree(root, Count + batch.Added);
    }

    /// <summary>Looks a key up.</summary>
    public bool TryGetValueHash(Hash256 keyHash, out Hash256 valueHash)
    {
        var node = _root;
        for (var depth = 0; node is SparseMerkleNode.Inner inner; depth++) node = keyHash.Bit(depth) ? inner.Right : inner.Left;
        var found = node is SparseMerkleNode.Leaf leaf && leaf.KeyHash == keyHash ? leaf : null;
        valueHash = found is null ? default : found.ValueHash;
        return found is not null;
    }

    /// <summary>Proves that the key is there, with its value, or that it is not.</summary>
    public SparseProof Prove(Hash256 keyHash)
    {
        var siblings = new List<Hash256>();
        var node = _root;
        for (; node is SparseMerkleNode.Inner inner; node = keyHash.Bit(siblings.Count - 1) ? inner.Right : inner.Left)
        {
            siblings.Add(SparseMerkleNode.HashOf(keyHash.Bit(siblings.Count) ? inner.Left : inner.Right));
        }
        return node is not SparseMerkleNode.Leaf leaf ? SparseProof.Absence(siblings, null)
            : leaf.KeyHash == keyHash ? SparseProof.Membership(siblings)
            : SparseProof.Absence(siblings, new StateLeaf(leaf.KeyHash, leaf.ValueHash));
    }
}
