using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Merkle;

public sealed class SparseMerkleTreeTests
{
    [Fact]
    public void The_root_equals_a_naive_reference_whatever_happened_before() => Seeded.Check(200, random =>
    {
        var contents = new Dictionary<Hash256, Hash256>();
        var tree = SparseMerkleTree.Empty;
        for (var batch = random.Next(1, 8); batch > 0; batch--)
        {
            var changes = Changes(random, random.Next(0, 30));
            tree = tree.Apply(changes);
            foreach (var change in changes)
            {
                if (change.ValueHash is { } value) contents[change.KeyHash] = value;
                else contents.Remove(change.KeyHash);
            }
            Assert.Equal(Reference([.. contents], 0), tree.Root);
            Assert.Equal(contents.Count, tree.Count);
        }
        foreach (var (key, value) in contents)
        {
            Assert.True(tree.TryGetValueHash(key, out var found));
            Assert.Equal(value, found);
        }
    });

    [Fact]
    public void The_root_does_not_depend_on_the_order_of_insertion() => Seeded.Check(100, random =>
    {
        var changes = Changes(random, 40).Where(c => c.ValueHash is not null).ToArray();
        var together = SparseMerkleTree.Empty.Apply(changes);
        random.Shuffle(changes);
        var one = SparseMerkleTree.Empty;
        foreach (var change in changes) one = one.Apply([change]);
        Assert.Equal(together.Root, one.Root);
    });

    [Fact]
    public void Deleting_what_was_added_gives_the_old_root() => Seeded.Check(100, random =>
    {
        var tree = SparseMerkleTree.Empty.Apply(Changes(random, 20));
        var added = Enumerable.Range(0, 10).Select(_ => new StateLeafChange(Hash256.From(random.Bytes(32)), Hash256.From(random.Bytes(32)))).ToArray();
        var back = tree.Apply(added).Apply([.. added.Select(c => c with { ValueHash = null })]);
        Assert.Equal(tree.Root, back.Root);
        Assert.Equal(tree.Count, back.Count);
        Assert.Equal(Hash256.Zero, SparseMerkleTree.Empty.Apply(added).Apply([.. added.Select(c => c with { ValueHash = null })]).Root);
    });

    [Fact]
    public void A_tree_is_not_changed_by_its_successors()
    {
        var key = Sm3.Hash("key"u8);
        var first = SparseMerkleTree.Empty.Apply([new StateLeafChange(key, Sm3.Hash("1"u8))]);
        var root = first.Root;
        var second = first.Apply([new StateLeafChange(key, Sm3.Hash("2"u8))]);
        Assert.Equal(root, first.Root);
        Assert.NotEqual(root, second.Root);
        Assert.True(first.TryGetValueHash(key, out var value));
        Assert.Equal(Sm3.Hash("1"u8), value);
    }

    [Fact]
    public void A_lone_leaf_is_the_root()
    {
        var (key, value) = (Sm3.Hash("key"u8), Sm3.Hash("value"u8));
        var tree = SparseMerkleTree.Empty.Apply([new StateLeafChange(key, value)]);
        Assert.Equal(Sm3.Hash([0x00, .. key.ToArray(), .. value.ToArray()]), tree.Root);
        Assert.Equal(Hash256.Zero, SparseMerkleTree.Empty.Root);
    }

    [Fact]
    public void Keys_that_differ_in_the_last_bit_only_stand_at_full_depth()
    {
        var bytes = new byte[32];
        var left = Hash256.From(bytes);
        bytes[31] = 1;
        var right = Hash256.From(bytes);
        var value = Sm3.Hash("v"u8);
        var tree = SparseMerkleTree.Empty.Apply([new StateLeafChange(left, value), new StateLeafChange(right, value)]);
        var proof = tree.Prove(left);
        Assert.Equal(256, proof.Siblings.Count);
        Assert.True(proof.VerifyMembership(tree.Root, left, value));
        Assert.Equal(Reference([new(left, value), new(right, value)], 0), tree.Root);
        var back = tree.Apply([new StateLeafChange(right, null)]);
        Assert.Empty(back.Prove(left).Siblings);
    }

    [Fact]
    public void Changing_a_key_twice_in_a_batch_is_a_mistake()
    {
        var change = new StateLeafChange(Sm3.Hash("key"u8), Sm3.Hash("value"u8));
        Assert.Throws<ArgumentException>(() => SparseMerkleTree.Empty.Apply([change, change]));
    }

    [Fact]
    public void A_batch_that_changes_nothing_gives_the_same_tree()
    {
        var (key, value) = (Sm3.Hash("key"u8), Sm3.Hash("value"u8));
        var tree = SparseMerkleTree.Empty.Apply([new StateLeafChange(key, value)]);
        Assert.Same(tree, tree.Apply([]));
        Assert.Same(tree, tree.Apply([new StateLeafChange(key, value)]));
        Assert.Same(tree, tree.Apply([new StateLeafChange(Sm3.Hash("absent"u8), null)]));
    }

    // Few distinct first bytes, so that keys share long ways and are met again by later batches.
    internal static StateLeafChange[] Changes(Random random, int count)
    {
        var changes = new Dictionary<Hash256, StateLeafChange>();
        for (var i = 0; i < count; i++)
        {
            var key = new byte[32];
            key[0] = (byte)(random.Next(4) * 64);
            key[random.Next(1, 32)] = (byte)random.Next(3);
            var hash = Hash256.From(key);
            changes[hash] = new StateLeafChange(hash, random.Next(3) == 0 ? null : Hash256.From(random.Bytes(32)));
        }
        return [.. changes.Values];
    }

    private static Hash256 Reference(KeyValuePair<Hash256, Hash256>[] contents, int depth)
    {
        if (contents.Length == 0) return Hash256.Zero;
        if (contents.Length == 1) return Sm3.Hash([0x00, .. contents[0].Key.ToArray(), .. contents[0].Value.ToArray()]);
        var left = Reference([.. contents.Where(c => !c.Key.Bit(depth))], depth + 1);
        var right = Reference([.. contents.Where(c => c.Key.Bit(depth))], depth + 1);
        return Sm3.Hash([0x01, .. left.ToArray(), .. right.ToArray()]);
    }
}
