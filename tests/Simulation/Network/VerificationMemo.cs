using System.Buffers.Binary;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// Verification is a pure function of the bytes and the validator set, so that what one node of the simulation has found holds for all: the same message is checked once
/// and not n times. Keyed by content, never by who sent it or where it lies in memory. Two generations bound it.
/// </summary>
internal sealed class VerificationMemo
{
    private const int GenerationEntries = 16_384;

    private Dictionary<Content, object> _young = [];
    private Dictionary<Content, object> _old = [];

    /// <summary>Does a node's work, or finds what it comes to.</summary>
    public NodeEvent Run(NodeWork work) => work switch
    {
        VerifyConsensusMessage one => (NodeEvent.ConsensusVerified)Find(new Content(one.Message, one.Height.Value, one.Set.Hash), one.Run) with { Peer = one.Peer },
        VerifyTransactions batch => new NodeEvent.TransactionsVerified(batch.Batch, [.. batch.Batch.Select(IsSigned)]),
        _ => work.Run(),
    };

    private bool IsSigned(IncomingTransaction one) =>
        (bool)Find(new Content(one.Transaction.Bytes, 0, one.Key.Id.Value), () => one.Transaction.VerifySignature(one.Key));

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
