using System.Buffers.Binary;
using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// Every node puts its certificate together from the Q Commits that it heard first, and all these are over the same few signatures. A certificate whose every signature was
/// verified before, over the same height, round and digest with the same key, is what verifying it again would call it; any other is verified.
/// </summary>
internal sealed class CommitMemo
{
    // Some hundred heights of the largest set.
    private const int GenerationEntries = 4_096;

    private Dictionary<Statement, ByteString> _young = [];
    private Dictionary<Statement, ByteString> _old = [];

    /// <summary>C-CERT: what <see cref="CommitCertificate.Verify"/> says.</summary>
    public bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set)
    {
        var message = CommitCertificateMessage.Parser.ParseFrom(certificate.Bytes.Span);
        if (IsKnown(certificate, message, set)) return true;
        if (!certificate.Verify(chain, set)) return false;
        foreach (var one in message.Signatures) Add(Of(certificate, set, one.Validator), one.Signature);
        return true;
    }

    /// <summary>A message was verified: a Commit's signature is known from now on.</summary>
    public void Add(VerifiedMessage message, ValidatorSet set)
    {
        if (message.Type != VoteType.Commit) return;
        var vote = ConsensusMessage.Parser.ParseFrom(message.Bytes.Span).Commit;
        if (!Hash256.TryFrom(vote.Digest.Span, out var digest)) return;
        Add(new Statement(digest, vote.Height, vote.Round, set.Validators[message.Validator].Key.Id), vote.Signature);
    }

    private bool IsKnown(CommitCertificate certificate, CommitCertificateMessage message, ValidatorSet set)
    {
        if (message.Signatures.Count < set.Quorum || message.Signatures.Count > set.Count) return false;
        foreach (var one in message.Signatures)
            if (one.Validator >= (uint)set.Count || !TryGet(Of(certificate, set, one.Validator), out var signature) || signature != one.Signature) return false;
        return true;
    }

    private static Statement Of(CommitCertificate certificate, ValidatorSet set, uint validator) =>
        new(certificate.Digest, certificate.Height.Value, certificate.Round.Value, set.Validators[(int)validator].Key.Id);

    private bool TryGet(Statement statement, out ByteString? signature) => _young.TryGetValue(statement, out signature) || _old.TryGetValue(statement, out signature);

    private void Add(Statement statement, ByteString signature)
    {
        if (_young.Count >= GenerationEntries) (_young, _old) = ([], _young);
        _young[statement] = signature;
    }

    // The chain is one in a simulation; the digest of a header is as good as random.
    private readonly record struct Statement(Hash256 Digest, ulong Height, uint Round, KeyId Key)
    {
        public override int GetHashCode() => HashCode.Combine(BinaryPrimitives.ReadUInt64LittleEndian(Digest.Span), Round, BinaryPrimitives.ReadUInt64LittleEndian(Key.Value.Span));
    }
}
