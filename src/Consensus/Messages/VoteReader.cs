using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>C-SIGNED: reads single votes of one height, shape first, signature last, because the signature is what costs.</summary>
internal sealed class VoteReader(ChainId chain, Height height, ValidatorSet set, IVoteSignatures signatures)
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
            || !VoteContent.TryRead(message, out var content)
            || !signatures.IsSigned(message, content, chain, set.Validators[(int)message.Validator].Key))
            return false;
        vote = new VerifiedVote(message, content.Digest, content.PreparedDigest);
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
}
