using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Protocol.Proofs;

/// <summary>Tree paths as they are sent: <see cref="StateProofMessage"/>.</summary>
public static class StateProofs
{
    /// <summary>Writes the path of <paramref name="key"/>; <paramref name="value"/> is ignored where the path shows absence.</summary>
    public static StateProofMessage ToMessage(StateKey key, ReadOnlyMemory<byte> value, SparseProof path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var message = new StateProofMessage
        {
            Key = ByteString.CopyFrom(key.Span),
            Present = path.Present,
            Value = path.Present ? ByteString.CopyFrom(value.Span) : ByteString.Empty,
        };
        foreach (var sibling in path.Siblings) message.Siblings.Add(ByteString.CopyFrom(sibling.Span));
        if (path.OtherLeaf is { } other)
        {
            message.OtherLeafKeyHash = ByteString.CopyFrom(other.KeyHash.Span);
            message.OtherLeafValueHash = ByteString.CopyFrom(other.ValueHash.Span);
        }

        return message;
    }

    /// <summary>Reads a path that somebody sent; false when a hash has another length or the path is no tree's.</summary>
    public static bool TryFrom(StateProofMessage message, [NotNullWhen(true)] out SparseProof? path)
    {
        ArgumentNullException.ThrowIfNull(message);
        path = null;
        if (message.Siblings.Count > SparseMerkleTree.MaxDepth) return false;
        var siblings = new Hash256[message.Siblings.Count];
        for (var i = 0; i < siblings.Length; i++)
            if (!Hash256.TryFrom(message.Siblings[i].Span, out siblings[i]))
                return false;

        StateLeaf? other = null;
        if (!message.OtherLeafKeyHash.IsEmpty || !message.OtherLeafValueHash.IsEmpty)
        {
            if (!Hash256.TryFrom(message.OtherLeafKeyHash.Span, out var keyHash) || !Hash256.TryFrom(message.OtherLeafValueHash.Span, out var valueHash)) return false;
            other = new StateLeaf(keyHash, valueHash);
        }

        return SparseProof.TryCreate(message.Present, siblings, other, out path);
    }
}
