using System.Buffers.Binary;
using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network;

/// <summary>
/// The signatures of votes that are known to be right: each was verified once, or its own node has just made it. A vote comes to every node, again in the proofs of a round change,
/// and in the certificate that each node puts together from the Q Commits that it heard first. Anything else is verified.
/// </summary>
internal sealed class VoteMemo : IVoteSignatures
{
    // Some fifty heights of the largest set.
    private const int GenerationEntries = 2_048;

    /// <summary>Of the signatures that nodes and clients make, one in so many is verified as a receiver would, beginning with the first.</summary>
    public const int VerifiedOneIn = 16;

    private static readonly ChainId Chain = ChainId.Parse(SimulatedCast.ChainName);

    private Dictionary<Statement, ByteString> _young = [];
    private Dictionary<Statement, ByteString> _old = [];
    private long _made;

    /// <summary>A node has signed this with its key: false when a receiver would refuse it.</summary>
    public bool TakeOwn(VoteMessage vote, Sm2PublicKey key)
    {
        if (!VoteContent.TryRead(vote, out var content)) return false;
        if (_made++ % VerifiedOneIn == 0) return IsSigned(vote, content, Chain, key);
        Add(Of(vote, content, key.Id), vote.Signature);
        return true;
    }

    /// <inheritdoc/>
    public bool IsSigned(VoteMessage vote, in VoteContent content, ChainId chain, Sm2PublicKey key)
    {
        var statement = Of(vote, content, key.Id);
        if (chain == Chain && IsKnown(statement, vote.Signature)) return true;
        if (!content.IsSigned(vote, chain, key)) return false;
        if (chain == Chain) Add(statement, vote.Signature);
        return true;
    }

    /// <summary>C-CERT: what <see cref="CommitCertificate.Verify"/> says.</summary>
    public bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set)
    {
        var message = CommitCertificateMessage.Parser.ParseFrom(certificate.Bytes.Span);
        if (chain == Chain && IsKnown(certificate, message, set)) return true;
        if (!certificate.Verify(chain, set)) return false;
        foreach (var one in message.Signatures) Add(Of(certificate, set, one.Validator), one.Signature);
        return true;
    }

    private bool IsKnown(CommitCertificate certificate, CommitCertificateMessage message, ValidatorSet set)
    {
        if (message.Signatures.Count < set.Quorum || message.Signatures.Count > set.Count) return false;
        foreach (var one in message.Signatures)
            if (one.Validator >= (uint)set.Count || !IsKnown(Of(certificate, set, one.Validator), one.Signature)) return false;
        return true;
    }

    private bool IsKnown(in Statement statement, ByteString signature) =>
        (_young.TryGetValue(statement, out var known) || _old.TryGetValue(statement, out known)) && known == signature;

    private void Add(in Statement statement, ByteString signature)
    {
        if (_young.Count >= GenerationEntries) (_young, _old) = ([], _young);
        _young[statement] = signature;
    }

    private static Statement Of(VoteMessage vote, in VoteContent content, KeyId key) => new(vote.Type, vote.Height, vote.Round, content, key);

    private static Statement Of(CommitCertificate certificate, ValidatorSet set, uint validator) =>
        new(VoteType.Commit, certificate.Height.Value, certificate.Round.Value, new VoteContent(certificate.Digest, 0, Hash256.Zero), set.Validators[(int)validator].Key.Id);

    // All that is signed but the chain, and by whom. The key's id is as good as random, and so is a digest.
    private readonly record struct Statement(VoteType Type, ulong Height, uint Round, VoteContent Content, KeyId Key)
    {
        public override int GetHashCode() => HashCode.Combine(
            Type,
            Height,
            Round,
            BinaryPrimitives.ReadUInt64LittleEndian(Content.Digest.Span),
            BinaryPrimitives.ReadUInt64LittleEndian(Key.Value.Span));
    }
}
