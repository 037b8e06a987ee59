using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// Shows that a key is in a state tree with its value, or that it is not: the hashes beside its way, root down, and for an
/// absent key the leaf that stands where it would, if any. Says nothing until verified against a root.
/// </summary>
public sealed class SparseProof
{
    private readonly Hash256[] _siblings;

    private SparseProof(bool present, Hash256[] siblings, StateLeaf? otherLeaf) => (Present, _siblings, OtherLeaf) = (present, siblings, otherLeaf);

    /// <summary>True for a proof of membership, false for one of absence.</summary>
    public bool Present { get; }

    /// <summary>Hashes beside the way, from the root down; 0 to 256. 32 zero bytes is an empty subtree.</summary>
    public IReadOnlyList<Hash256> Siblings => _siblings;

    /// <summary>Absence only: the leaf that stands where the key would; null where nothing does.</summary>
    public StateLeaf? OtherLeaf { get; }

    /// <summary>
    /// Takes what somebody sent; false when it has more than 256 siblings, a last sibling of zero (a leaf or empty subtree
    /// beside an empty one would have gone up, so no tree has that), or another leaf beside a claim of presence.
    /// </summary>
    public static bool TryCreate(bool present, IReadOnlyList<Hash256> siblings, StateLeaf? otherLeaf, [NotNullWhen(true)] out SparseProof? proof)
    {
        var ok = siblings.Count <= SparseMerkleTree.MaxDepth && !(present && otherLeaf is not null) && (siblings.Count == 0 || !siblings[^1].IsZero);
        proof = ok ? new SparseProof(present, [.. siblings], otherLeaf) : null;
        return ok;
    }

    /// <summary>Takes the path out of what somebody sent; false where a hash has another length, and where <see cref="TryCreate"/> refuses. Key and value are the caller's to read.</summary>
    public static bool TryFrom(StateProofMessage message, [NotNullWhen(true)] out SparseProof? proof)
    {
        proof = null;
        if (message.Siblings.Count > SparseMerkleTree.MaxDepth) return false;
        var siblings = new Hash256[message.Siblings.Count];
        for (var i = 0; i < siblings.Length; i++)
        {
            if (!Hash256.TryFrom(message.Siblings[i].Span, out siblings[i])) return false;
        }
        StateLeaf? otherLeaf = null;
        if (!message.OtherLeafKeyHash.IsEmpty || !message.OtherLeafValueHash.IsEmpty)
        {
            if (!Hash256.TryFrom(message.OtherLeafKeyHash.Span, out var keyHash) || !Hash256.TryFrom(message.OtherLeafValueHash.Span, out var valueHash)) return false;
            otherLeaf = new StateLeaf(keyHash, valueHash);
        }
        return TryCreate(message.Present, siblings, otherLeaf, out proof);
    }

    /// <summary>The proof for <paramref name="key"/> as it travels; <paramref name="value"/> is empty for an absent key.</summary>
    public StateProofMessage ToMessage(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var message = new StateProofMessage { Key = ByteString.CopyFrom(key), Value = ByteString.CopyFrom(value), Present = Present };
        foreach (var sibling in _siblings) message.Siblings.Add(ByteString.CopyFrom(sibling.Span));
        if (OtherLeaf is { } other)
        {
            message.OtherLeafKeyHash = ByteString.CopyFrom(other.KeyHash.Span);
            message.OtherLeafValueHash = ByteString.CopyFrom(other.ValueHash.Span);
        }
        return message;
    }

    /// <summary>True when the tree under <paramref name="root"/> holds <paramref name="keyHash"/> with <paramref name="valueHash"/>.</summary>
    public bool VerifyMembership(Hash256 root, Hash256 keyHash, Hash256 valueHash) =>
        Present && Fold(keyHash, SparseMerkleNode.LeafHash(keyHash, valueHash)) == root;

    /// <summary>True when the tree under <paramref name="root"/> does not hold <paramref name="keyHash"/>.</summary>
    public bool VerifyAbsence(Hash256 root, Hash256 keyHash)
    {
        if (Present) return false;
        if (OtherLeaf is not { } other) return Fold(keyHash, Hash256.Zero) == root;
        return other.KeyHash != keyHash && SharesWay(other.KeyHash, keyHash) && Fold(keyHash, SparseMerkleNode.LeafHash(other.KeyHash, other.ValueHash)) == root;
    }

    /// <summary>A proof that the tree itself made.</summary>
    internal static SparseProof Membership(List<Hash256> siblings) => new(true, [.. siblings], null);

    /// <summary>A proof that the tree itself made.</summary>
    internal static SparseProof Absence(List<Hash256> siblings, StateLeaf? otherLeaf) => new(false, [.. siblings], otherLeaf);

    private Hash256 Fold(in Hash256 keyHash, Hash256 hash)
    {
        for (var depth = _siblings.Length - 1; depth >= 0; depth--)
        {
            hash = keyHash.Bit(depth) ? SparseMerkleNode.InnerHash(_siblings[depth], hash) : SparseMerkleNode.InnerHash(hash, _siblings[depth]);
        }
        return hash;
    }

    private bool SharesWay(in Hash256 first, in Hash256 second)
    {
        for (var depth = 0; depth < _siblings.Length; depth++)
        {
            if (first.Bit(depth) != second.Bit(depth)) return false;
        }
        return true;
    }
}
