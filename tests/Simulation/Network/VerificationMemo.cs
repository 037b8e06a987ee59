using System.Buffers.Binary;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// Verification is a pure function of the bytes and the validator set, so that what one node of the simulation has found holds for all: the same message is checked once
/// and not n times. Keyed by content, never by who sent it or where it lies in memory. Two generations bound it.
/// </summary>
internal sealed class VerificationMemo : ISignatureChecks
{
    private const int GenerationEntries = 16_384;

    private readonly CommitMemo _commits = new();
    private Dictionary<Content, object> _young = [];
    private Dictionary<Content, object> _old = [];

    /// <summary>Does a node's work, or finds what it comes to.</summary>
    public NodeEvent Run(NodeWork work) => work switch
    {
        VerifyConsensusMessage one => (NodeEvent.ConsensusVerified)Find(new Content(one.Message, one.Height.Value, one.Set.Hash), () => Verify(one)) with { Peer = one.Peer },
        SignatureWork signed => signed.Run(this),
        _ => work.Run(),
    };

    /// <inheritdoc/>
    public bool IsSigned(SignedTransaction transaction, Sm2PublicKey key) =>
        (bool)Find(new Content(transaction.Bytes, 0, key.Id.Value), () => transaction.VerifySignature(key));

    /// <inheritdoc/>
    public bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set) => _commits.IsCertified(certificate, chain, set);

    private NodeEvent Verify(VerifyConsensusMessage work)
    {
        var answer = work.Run();
        if (answer is NodeEvent.ConsensusVerified { Message: { } message }) _commits.Add(message, work.Set);
        return answer;
    }

    private object Find(Content content, Func<object> compute)
    {
        if (_young.TryGetValue(content, out var known)) return known;
        if (!_old.TryGetValue(content, out known)) known = compute();
        if (_young.Count >= GenerationEntries) (_young, _old) = ([], _young);
        return _young[content] = known;
    }

    private readonly record struct Content(ReadOnlyMemory<byte> Bytes, ulong Height, Hash256 Key)
    {
        public bool Equals(Content other) => Height == other.Height && Key == other.Key && Bytes.Span.SequenceEqual(other.Bytes.Span);

        // The last bytes of a message are a signature's or a transaction's: as good as random.
        public override int GetHashCode() =>
            Bytes.Length < sizeof(ulong) ? Bytes.Length : HashCode.Combine(Bytes.Length, BinaryPrimitives.ReadUInt64LittleEndian(Bytes.Span[^sizeof(ulong)..]));
    }
}
