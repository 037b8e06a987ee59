using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Merkle;

public sealed class SparseMerkleRootTests
{
    [Fact]
    public void The_root_without_a_tree_is_the_trees() => Seeded.Check(300, random =>
    {
        StateLeaf[] leaves = [.. SparseMerkleTreeTests.Changes(random, random.Next(0, 60)).Where(c => c.ValueHash is not null).Select(c => new StateLeaf(c.KeyHash, c.ValueHash!.Value))];
        AssertSame(leaves);
    });

    [Fact]
    public void Keys_that_share_their_first_eight_bytes_stand_in_the_right_order() => Seeded.Check(100, random =>
    {
        var first = random.Bytes(8);
        StateLeaf[] leaves = [.. Enumerable.Range(0, 40).Select(i => new StateLeaf(Hash256.From(i % 3 == 0 ? random.Bytes(32) : [.. first, .. random.Bytes(24)]), Hash256.From(random.Bytes(32))))];
        AssertSame(leaves);
    });

    [Fact]
    public void A_key_that_stands_twice_is_a_mistake()
    {
        var leaf = new StateLeaf(Hash256.From(new Random(4).Bytes(32)), Hash256.From(new byte[32]));
        Assert.Throws<ArgumentException>(() => SparseMerkleRoot.Of([leaf, leaf]));
    }

    private static void AssertSame(StateLeaf[] leaves) =>
        Assert.Equal(SparseMerkleTree.Empty.Apply([.. leaves.Select(l => new StateLeafChange(l.KeyHash, l.ValueHash))]).Root, SparseMerkleRoot.Of(leaves));
}
