using System.Numerics;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Merkle;

public sealed class MerkleTreeTests
{
    private const int Sizes = 70;

    [Fact]
    public void The_empty_root_is_the_hash_of_nothing()
    {
        Assert.Equal(Sm3.Hash([]), MerkleTree.EmptyRoot);
        Assert.Equal(MerkleTree.EmptyRoot, MerkleTree.Root([]));
    }

    [Fact]
    public void Leaves_and_nodes_have_their_own_prefixes()
    {
        var (left, right) = (Sm3.Hash("l"u8), Sm3.Hash("r"u8));
        Assert.Equal(Sm3.Hash([0x00, 1, 2]), MerkleTree.LeafHash([1, 2]));
        Assert.Equal(Sm3.Hash([0x01, .. left.ToArray(), .. right.ToArray()]), MerkleTree.NodeHash(left, right));
    }

    [Fact]
    public void The_root_is_the_recursion_of_rfc_6962()
    {
        for (var size = 0; size <= Sizes; size++) Assert.Equal(Reference(Leaves(size)), MerkleTree.Root(Leaves(size)));
    }

    [Fact]
    public void Every_leaf_of_every_tree_is_proven()
    {
        for (var size = 1; size <= Sizes; size++)
        {
            var leaves = Leaves(size);
            var root = MerkleTree.Root(leaves);
            for (var index = 0; index < size; index++)
            {
                var path = MerkleTree.InclusionPath(leaves, index);
                Assert.True(MerkleTree.VerifyInclusion(leaves[index], (ulong)index, (ulong)size, path, root));
            }
        }
    }

    [Fact]
    public void A_path_proves_no_other_leaf_place_size_or_root() => Seeded.Check(300, random =>
    {
        var size = random.Next(1, Sizes);
        var leaves = Leaves(size);
        var index = random.Next(size);
        var path = MerkleTree.InclusionPath(leaves, index);
        var root = MerkleTree.Root(leaves);
        Assert.False(MerkleTree.VerifyInclusion(Sm3.Hash("other"u8), (ulong)index, (ulong)size, path, root));
        Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)size, (ulong)size, path, root));
        Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)index, (ulong)size, path, Sm3.Hash("other"u8)));
        Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)index, (ulong)size, [.. path, default], root));
        for (var other = 0; other < size; other++)
        {
            if (other != index) Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)other, (ulong)size, path, root));
        }
        if (path.Length == 0) return;
        Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)index, (ulong)size, path.AsSpan(0, path.Length - 1), root));
        path[random.Next(path.Length)] = Sm3.Hash("changed"u8);
        Assert.False(MerkleTree.VerifyInclusion(leaves[index], (ulong)index, (ulong)size, path, root));
    });

    [Fact]
    public void Every_earlier_tree_is_proven_to_be_the_beginning()
    {
        for (var size = 0; size <= Sizes; size++)
        {
            var leaves = Leaves(size);
            var root = MerkleTree.Root(leaves);
            for (var old = 0; old <= size; old++)
            {
                var path = MerkleTree.ConsistencyPath(leaves, old);
                Assert.True(MerkleTree.VerifyConsistency((ulong)old, (ulong)size, MerkleTree.Root(leaves[..old]), root, path));
            }
        }
    }

    [Fact]
    public void A_rewritten_history_is_not_consistent() => Seeded.Check(300, random =>
    {
        var size = random.Next(2, Sizes);
        var leaves = Leaves(size);
        var old = random.Next(1, size);
        var oldRoot = MerkleTree.Root(leaves[..old]);
        leaves[random.Next(old)] = Sm3.Hash("rewritten"u8);
        Assert.False(MerkleTree.VerifyConsistency((ulong)old, (ulong)size, oldRoot, MerkleTree.Root(leaves), MerkleTree.ConsistencyPath(leaves, old)));
    });

    [Fact]
    public void A_changed_consistency_path_is_refused() => Seeded.Check(300, random =>
    {
        var size = random.Next(2, Sizes);
        var leaves = Leaves(size);
        var old = random.Next(1, size);
        var (oldRoot, root) = (MerkleTree.Root(leaves[..old]), MerkleTree.Root(leaves));
        var path = MerkleTree.ConsistencyPath(leaves, old);
        Assert.False(MerkleTree.VerifyConsistency((ulong)old, (ulong)size, oldRoot, root, [.. path, default]));
        Assert.False(MerkleTree.VerifyConsistency((ulong)old, (ulong)size, oldRoot, root, path.AsSpan(0, path.Length - 1)));
        Assert.False(MerkleTree.VerifyConsistency((ulong)size, (ulong)old, root, oldRoot, path));
        path[random.Next(path.Length)] = Sm3.Hash("changed"u8);
        Assert.False(MerkleTree.VerifyConsistency((ulong)old, (ulong)size, oldRoot, root, path));
    });

    [Fact]
    public void From_nothing_only_the_empty_root_is_consistent()
    {
        var root = MerkleTree.Root(Leaves(3));
        Assert.True(MerkleTree.VerifyConsistency(0, 3, MerkleTree.EmptyRoot, root, []));
        Assert.False(MerkleTree.VerifyConsistency(0, 3, root, root, []));
        Assert.False(MerkleTree.VerifyConsistency(0, 0, root, root, []));
        Assert.False(MerkleTree.VerifyConsistency(3, 3, root, root, [root]));
    }

    [Fact]
    public void Verifiers_end_at_huge_sizes_and_paths()
    {
        var long65 = new Hash256[65];
        Assert.False(MerkleTree.VerifyInclusion(default, ulong.MaxValue - 1, ulong.MaxValue, long65, default));
        Assert.False(MerkleTree.VerifyInclusion(default, 0, ulong.MaxValue, long65.AsSpan(0, 64), Sm3.Hash("r"u8)));
        Assert.False(MerkleTree.VerifyConsistency(1, ulong.MaxValue, default, default, new Hash256[66]));
        Assert.False(MerkleTree.VerifyConsistency(1UL << 63, ulong.MaxValue, Sm3.Hash("a"u8), Sm3.Hash("b"u8), long65.AsSpan(0, 63)));
    }

    private static Hash256[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i)))];

    private static Hash256 Reference(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 0) return Sm3.Hash([]);
        if (leaves.Length == 1) return leaves[0];
        var left = (int)BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2;
        return MerkleTree.NodeHash(Reference(leaves[..left]), Reference(leaves[left..]));
    }
}
