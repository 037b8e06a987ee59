using System.Buffers.Binary;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// Verification is a pure function of the bytes and the validator set, so that what one node of the simulation has found holds for all: the same message is checked once
/// and not n times. Keyed by content, never by who sent it or where it lies in memory. Two generations bound it.
/// </summary>
internal sealed class VerificationMemo : ISignatureChecks
{
    private const int GenerationEntries = 4_096;

    private Dictionary<Content, object> _young = [];
    private Dictionary<Content, object> _old = [];
    private long _made;

    /// <summary>The signatures of votes.</summary>
    public VoteMemo Votes { get; } = new();

    /// <summary>Does a node's work, or finds what it comes to.</summary>
    public NodeEvent Run(NodeWork work) => work switch
    {
        VerifyConsensusMessage one => Verify(one),
        SignatureWork signed => signed.Run(this),
        _ => work.Run(),
    };

    /// <inheritdoc/>
    public bool IsSigned(SignedTransaction transaction, Sm2PublicKey key)
    {
        var content = new Content(transaction.Bytes, 0, key.Id.Value);
        return (bool)(Find(content) ?? Keep(content, transaction.VerifySignature(key)));
    }

    /// <summary>A client has signed this with its key: false when a node would refuse it. One in so many is verified as a node would, beginning with the first.</summary>
    public bool TakeOwn(SignedTransaction transaction, Sm2PublicKey key)
    {
        if (_made++ % VoteMemo.VerifiedOneIn == 0) return IsSigned(transaction, key);
        Keep(new Content(transaction.Bytes, 0, key.Id.Value), true);
        return true;
    }

    /// <inheritdoc/>
    public bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set) => Votes.IsCertified(certificate, chain, set);

    /// <inheritdoc/>
    public bool IsSigned(VoteMessage vote, in VoteContent content, ChainId chain, Sm2PublicKey key) => Votes.IsSigned(vote, content, chain, key);

    private NodeEvent.ConsensusVerified Verify(VerifyConsensusMessage work)
    {
        var content = new Content(work.Message, work.Height.Value, work.Set.Hash);
        return (NodeEvent.ConsensusVerified)(Find(content) ?? Keep(content, work.Run(this))) with { Peer = work.Peer };
    }

    // What is found among the old becomes young again.
    private object? Find(Content content)
    {
        if (_young.TryGetValue(content, out var known)) return known;
        return _old.TryGetValue(content, out known) ? Keep(content, known) : null;
    }

    private object Keep(Content content, object answer)
    {
        if (_young.Count >= GenerationEntries) (_young, _old) = ([], _young);
        return _young[content] = answer;
    }

    private readonly record struct Content(ReadOnlyMemory<byte> Bytes, ulong Height, Hash256 Key)
    {
        public bool Equals(Content other) => Height == other.Height && Key == other.Key && Bytes.Span.SequenceEqual(other.Bytes.Span);

        // The last bytes of a message are a signature's or a transaction's: as good as random.
        public override int GetHashCode() =>
            Bytes.Length < sizeof(ulong) ? Bytes.Length : HashCode.Combine(Bytes.Length, BinaryPrimitives.ReadUInt64LittleEndian(Bytes.Span[^sizeof(ulong)..]));
    }
}
