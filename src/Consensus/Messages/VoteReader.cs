using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>C-SIGNED: reads single votes of one height, shape first, signature last, because the signature is what costs.</summary>
internal sealed class VoteReader(ChainId chain, Height height, ValidatorSet set)
{
    public bool TryRead(VoteMessage? message, VoteType type, [NotNullWhen(true)] out VerifiedVote? vote)
    {
        vote = null;
        if (message is null
            || message.Type != type
            || message.Height != height.Value
            || message.Round > ConsensusLimits.MaxRound
            || message.Validator >= (uint)set.Count
            || message.Signature.Length != Sm2Signature.Size
            || !TryReadDigests(message, type, out var digest, out var preparedDigest))
            return false;

        Span<byte> buffer = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(buffer, chain, type, height, new Round(message.Round), digest, message.PreparedRoundPlusOne, preparedDigest);
        if (!set.Validators[(int)message.Validator].Key.Verify(SigningContext.Vote, buffer[..length], message.Signature.Span)) return false;
        vote = new VerifiedVote(message, digest, preparedDigest);
        return true;
    }

    /// <summary>C-QUORUM: at least Q votes of one type and round, signers distinct because they ascend.</summary>
    public bool TryReadQuorum(IReadOnlyList<VoteMessage> messages, VoteType type, Round round, Hash256? digest, [NotNullWhen(true)] out IReadOnlyList<VerifiedVote>? votes)
    {
        votes = null;
        if (messages.Count < set.Quorum || messages.Count > set.Count) return false;
        for (var i = 0; i < messages.Count; i++)
            if (messages[i].Round != round.Value || (i > 0 && messages[i].Validator <= messages[i - 1].Validator))
                return false;

        var read = new VerifiedVote[messages.Count];
        for (var i = 0; i < read.Length; i++)
            if (!TryRead(messages[i], type, out read[i]!) || (digest is { } wanted && read[i].Digest != wanted))
                return false;
        votes = read;
        return true;
    }

    // Only a RoundChange has no digest, and only a RoundChange with a claim has a prepared one, of an earlier round (C-RC-VALID).
    private static bool TryReadDigests(VoteMessage message, VoteType type, out Hash256 digest, out Hash256 prepared)
    {
        digest = prepared = default;
        if (type != VoteType.RoundChange)
            return message.PreparedRoundPlusOne == 0 && message.PreparedDigest.IsEmpty && Hash256.TryFrom(message.Digest.Span, out digest) && !digest.IsZero;
        if (message.Round == 0 || !message.Digest.IsEmpty) return false;
        return message.PreparedRoundPlusOne == 0
            ? message.PreparedDigest.IsEmpty
            : message.PreparedRoundPlusOne <= message.Round && Hash256.TryFrom(message.PreparedDigest.Span, out prepared) && !prepared.IsZero;
    }
}
