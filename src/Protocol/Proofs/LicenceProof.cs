using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Collections;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Proofs;

/// <summary>One header with its certificate and any number of paths under it. One function verifies it, in Sdk, Verifier and Node alike.</summary>
public sealed class LicenceProof
{
    private readonly LicenceProofMessage _message;

    private LicenceProof(LicenceProofMessage message, BlockHeader header, CommitCertificate certificate)
    {
        _message = message;
        Header = header;
        Certificate = certificate;
    }

    /// <summary>The header; certified only once <see cref="Verify"/> said so.</summary>
    public BlockHeader Header { get; }

    /// <summary>Its certificate.</summary>
    public CommitCertificate Certificate { get; }

    /// <summary>The proof as it is sent.</summary>
    public LicenceProofMessage Message => _message;

    /// <summary>Parses a proof that somebody sent; false unless canonical and within bounds.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LicenceProof? proof)
    {
        proof = null;
        return CanonicalProto.TryParse(LicenceProofMessage.Parser, bytes, ProtocolLimits.MaxMessageBytes, out var message) && TryFrom(message, out proof);
    }

    /// <summary>Takes a parsed message; false unless its header and certificate are well formed and its paths within bounds.</summary>
    public static bool TryFrom(LicenceProofMessage message, [NotNullWhen(true)] out LicenceProof? proof)
    {
        ArgumentNullException.ThrowIfNull(message);
        proof = message.States.Count <= ProtocolLimits.MaxProofKeys
            && message.Transactions.Count <= ProtocolLimits.MaxProofKeys
            && BlockHeader.TryParse(message.Header.Memory, out var header)
            && CommitCertificate.TryParse(message.Certificate.Memory, out var certificate)
            ? new LicenceProof(message, header, certificate)
            : null;
        return proof is not null;
    }

    /// <summary>
    /// Checks certificate and every path. Returns what was proven, or null when anything does not hold: a proof is whole or nothing.
    /// </summary>
    public ProvenFacts? Verify(TrustAnchor anchor) => HeaderCheck.IsCertified(anchor, Header, Certificate) ? VerifyPaths() : null;

    /// <summary>Checks the paths alone, for one who has verified this very header before.</summary>
    public ProvenFacts? VerifyPaths()
    {
        var states = new Dictionary<StateKey, ReadOnlyMemory<byte>?>();
        foreach (var one in _message.States)
        {
            // A bare null would turn into an empty value, by the conversion from byte[]: absent would read as present.
            if (!StateKey.TryFrom(one.Key.Span, out var key) || !IsProven(one, key) || !states.TryAdd(key, one.Present ? one.Value.Memory : default(ReadOnlyMemory<byte>?)))
                return null;
        }

        var transactions = new List<(SignedTransaction Transaction, Receipt Receipt)>(_message.Transactions.Count);
        foreach (var one in _message.Transactions)
        {
            if (!TryProve(one, out var pair)) return null;
            transactions.Add(pair);
        }

        return new ProvenFacts(Header, states, transactions);
    }

    private bool IsProven(StateProofMessage one, StateKey key)
    {
        if (!SparseProof.TryFrom(one, out var path)) return false;
        return one.Present
            ? path.VerifyMembership(Header.Fields.StateRoot, key.Hash, Sm3.Hash(one.Value.Span))
            : one.Value.IsEmpty && path.VerifyAbsence(Header.Fields.StateRoot, key.Hash);
    }

    private bool TryProve(TransactionProofMessage one, out (SignedTransaction Transaction, Receipt Receipt) pair)
    {
        pair = default;
        if (!SignedTransaction.TryParse(one.Transaction.Memory, out var transaction, out _)
            || !Receipt.TryParse(one.Receipt.Memory, out var receipt) || receipt.Transaction != transaction.Id
            || !TryPath(one.TransactionPath, out var transactionPath) || !TryPath(one.ReceiptPath, out var receiptPath))
            return false;
        pair = (transaction, receipt);
        return MerkleTree.VerifyInclusion(MerkleTree.LeafHash(one.Transaction.Span), one.Index, one.Count, transactionPath, Header.Fields.TransactionRoot)
            && MerkleTree.VerifyInclusion(MerkleTree.LeafHash(one.Receipt.Span), one.Index, one.Count, receiptPath, Header.Fields.ReceiptRoot);
    }

    private static bool TryPath(RepeatedField<ByteString> nodes, out Hash256[] path)
    {
        path = nodes.Count <= MerkleTree.MaxPathLength ? new Hash256[nodes.Count] : [];
        if (nodes.Count > MerkleTree.MaxPathLength) return false;
        for (var i = 0; i < path.Length; i++)
            if (!Hash256.TryFrom(nodes[i].Span, out path[i]))
                return false;
        return true;
    }
}
