using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Api;

/// <summary>Proves that a transaction and its receipt stand in a block (RFC 6962 paths).</summary>
internal static class TransactionProofs
{
    /// <summary>The proof of the transaction at <paramref name="index"/> of a block above genesis.</summary>
    public static LicenceProofMessage Prove(CommittedBlock committed, int index)
    {
        var certificate = committed.Certificate ?? throw new ArgumentException("Nobody certified the genesis block.", nameof(committed));
        var proof = new TransactionProofMessage
        {
            Transaction = UnsafeByteOperations.UnsafeWrap(committed.Block.Transactions[index].Bytes),
            Receipt = UnsafeByteOperations.UnsafeWrap(committed.Receipts[index].Bytes),
            Index = (uint)index,
            Count = (uint)committed.Receipts.Count,
        };
        proof.TransactionPath.AddRange(Path([.. committed.Block.Transactions.Select(t => MerkleTree.LeafHash(t.Bytes.Span))], index));
        proof.ReceiptPath.AddRange(Path([.. committed.Receipts.Select(r => MerkleTree.LeafHash(r.Bytes.Span))], index));
        return new LicenceProofMessage
        {
            Header = UnsafeByteOperations.UnsafeWrap(committed.Block.Header.Bytes),
            Certificate = UnsafeByteOperations.UnsafeWrap(certificate.Bytes),
            Transactions = { proof },
        };
    }

    private static IEnumerable<ByteString> Path(Hash256[] leaves, int index) => MerkleTree.InclusionPath(leaves, index).Select(h => ByteString.CopyFrom(h.Span));
}
