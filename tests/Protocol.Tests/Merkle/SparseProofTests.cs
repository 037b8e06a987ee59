using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Merkle;

public sealed class SparseProofTests
{
    [Fact]
    public void Every_present_key_is_proven_and_no_other_value_of_it() => Seeded.Check(100, random =>
    {
        var changes = SparseMerkleTreeTests.Changes(random, 40);
        var tree = SparseMerkleTree.Empty.Apply(changes);
        foreach (var change in changes)
        {
            var proof = tree.Prove(change.KeyHash);
            Assert.Equal(change.ValueHash is not null, proof.Present);
            if (change.ValueHash is { } value)
            {
                Assert.True(proof.VerifyMembership(tree.Root, change.KeyHash, value));
                Assert.False(proof.VerifyMembership(tree.Root, change.KeyHash, Sm3.Hash("other"u8)));
                Assert.False(proof.VerifyMembership(Sm3.Hash("other"u8), change.KeyHash, value));
                Assert.False(proof.VerifyAbsence(tree.Root, change.KeyHash));
            }
            else
            {
                Assert.True(proof.VerifyAbsence(tree.Root, change.KeyHash));
                Assert.False(proof.VerifyMembership(tree.Root, change.KeyHash, Sm3.Hash("any"u8)));
            }
        }
    });

    [Fact]
    public void Every_absent_key_is_proven_absent() => Seeded.Check(200, random =>
    {
        var tree = SparseMerkleTree.Empty.Apply(SparseMerkleTreeTests.Changes(random, random.Next(0, 20)));
        var key = Hash256.From(random.Bytes(32));
        var proof = tree.Prove(key);
        Assert.False(proof.Present);
        Assert.True(proof.VerifyAbsence(tree.Root, key));
        Assert.False(proof.VerifyAbsence(Sm3.Hash("other"u8), key));
    });

    [Fact]
    public void A_proof_of_membership_cannot_be_turned_into_one_of_absence() => Seeded.Check(200, random =>
    {
        var changes = SparseMerkleTreeTests.Changes(random, 30).Where(c => c.ValueHash is not null).ToArray();
        if (changes.Length == 0) return;
        var tree = SparseMerkleTree.Empty.Apply(changes);
        var (key, value) = changes[random.Next(changes.Length)];
        var siblings = tree.Prove(key).Siblings;
        StateLeaf?[] claims = [null, new StateLeaf(key, value!.Value), new StateLeaf(changes[0].KeyHash, changes[0].ValueHash!.Value), new StateLeaf(Sm3.Hash("x"u8), value.Value)];
        for (var length = 0; length <= siblings.Count; length++)
        {
            foreach (var claim in claims)
            {
                if (SparseProof.TryCreate(false, [.. siblings.Take(length)], claim, out var forged)) Assert.False(forged.VerifyAbsence(tree.Root, key));
            }
        }
    });

    [Fact]
    public void A_leaf_elsewhere_says_nothing_of_an_absent_key()
    {
        // The right leaf at its own place does not show that a key on the left is absent.
        var left = Hash256.From([0x00, .. new byte[31]]);
        var right = Hash256.From([0x80, .. new byte[31]]);
        var value = Sm3.Hash("v"u8);
        var tree = SparseMerkleTree.Empty.Apply([new StateLeafChange(left, value), new StateLeafChange(right, value)]);
        Assert.True(SparseProof.TryCreate(false, tree.Prove(right).Siblings, new StateLeaf(right, value), out var proof));
        Assert.False(proof.VerifyAbsence(tree.Root, left));
        Assert.False(proof.VerifyAbsence(tree.Root, Hash256.From([0x40, .. new byte[31]])));
        Assert.True(proof.VerifyAbsence(tree.Root, Hash256.From([0xc0, .. new byte[31]])));
    }

    [Fact]
    public void A_changed_sibling_breaks_the_proof() => Seeded.Check(200, random =>
    {
        var changes = SparseMerkleTreeTests.Changes(random, 30).Where(c => c.ValueHash is not null).ToArray();
        var tree = SparseMerkleTree.Empty.Apply(changes);
        if (changes.Length < 2) return;
        var (key, value) = changes[random.Next(changes.Length)];
        var siblings = tree.Prove(key).Siblings.ToArray();
        siblings[random.Next(siblings.Length)] = Hash256.From(random.Bytes(32));
        Assert.True(SparseProof.TryCreate(true, siblings, null, out var proof));
        Assert.False(proof.VerifyMembership(tree.Root, key, value!.Value));
    });

    [Fact]
    public void What_no_tree_makes_is_refused()
    {
        var leaf = new StateLeaf(Sm3.Hash("k"u8), Sm3.Hash("v"u8));
        Assert.False(SparseProof.TryCreate(true, [], leaf, out _));
        Assert.False(SparseProof.TryCreate(true, [Hash256.Zero], null, out _));
        Assert.False(SparseProof.TryCreate(false, Enumerable.Repeat(Sm3.Hash("s"u8), 257).ToArray(), null, out _));
        Assert.True(SparseProof.TryCreate(false, Enumerable.Repeat(Sm3.Hash("s"u8), 256).ToArray(), null, out _));
    }

    [Fact]
    public void A_proof_travels_as_a_message_and_back() => Seeded.Check(200, random =>
    {
        var tree = SparseMerkleTree.Empty.Apply(SparseMerkleTreeTests.Changes(random, 20));
        var key = random.Bytes(8);
        var value = random.Bytes(8);
        if (random.Next(2) == 0) tree = tree.Apply([new StateLeafChange(Sm3.Hash(key), Sm3.Hash(value))]);
        var message = tree.Prove(Sm3.Hash(key)).ToMessage(key, value);
        Assert.True(SparseProof.TryFrom(message, out var proof));
        Assert.True(proof.Present ? proof.VerifyMembership(tree.Root, Sm3.Hash(key), Sm3.Hash(value)) : proof.VerifyAbsence(tree.Root, Sm3.Hash(key)));
        Assert.Equal(message, proof.ToMessage(key, value));
    });

    [Fact]
    public void Mutated_messages_never_crash_and_come_back_the_same() => Seeded.Check(1000, random =>
    {
        var tree = SparseMerkleTree.Empty.Apply(SparseMerkleTreeTests.Changes(random, 10));
        var bytes = random.Mutate(tree.Prove(Hash256.From(random.Bytes(32))).ToMessage([1], [2]).ToByteArray());
        if (!CanonicalProto.TryParse(StateProofMessage.Parser, bytes, 64 * 1024, out var message) || !SparseProof.TryFrom(message, out var proof)) return;
        Assert.Equal(bytes, proof.ToMessage(message.Key.Span, message.Value.Span).ToByteArray());
    });
}
