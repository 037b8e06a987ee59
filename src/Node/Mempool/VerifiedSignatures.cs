using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Mempool;

/// <summary>
/// Transactions whose signature this node has checked, so that it checks each once: at the mempool or in a block, whichever comes first. Known by a
/// digest over the whole transaction: the transaction id leaves the signature out. Two generations; the old one is dropped when the young one is full.
/// </summary>
internal sealed class VerifiedSignatures
{
    private HashSet<Hash256> _young = [];
    private HashSet<Hash256> _old = [];

    /// <summary>True when this very transaction was checked.</summary>
    public bool Contains(Hash256 digest) => _young.Contains(digest) || _old.Contains(digest);

    /// <summary>Remembers one.</summary>
    public void Add(Hash256 digest)
    {
        if (_young.Count >= MempoolLimits.VerifiedGeneration) (_young, _old) = ([], _young);
        _young.Add(digest);
    }

    /// <summary>SHA-256 over all bytes of a transaction. Local to this node, so the processor's own hash serves.</summary>
    public static Hash256 DigestOf(ReadOnlySpan<byte> transaction)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        System.Security.Cryptography.SHA256.HashData(transaction, digest);
        return Hash256.From(digest);
    }
}
