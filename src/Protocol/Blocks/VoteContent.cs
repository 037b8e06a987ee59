using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>C-SIGNED: what a vote says beside its type, height and round, in the one shape that its type allows. Two votes that say the same are equal.</summary>
/// <param name="Digest">The block voted for; zero for a RoundChange.</param>
/// <param name="PreparedRoundPlusOne">A RoundChange's claim: the round in which a block was prepared, plus one; 0 for none.</param>
/// <param name="PreparedDigest">A RoundChange's claim: that block; zero for none.</param>
public readonly record struct VoteContent(Hash256 Digest, uint PreparedRoundPlusOne, Hash256 PreparedDigest)
{
    /// <summary>
    /// Reads a vote that somebody sent; false for another shape. Only a RoundChange has no digest, and only a RoundChange with a claim has a prepared
    /// one, of an earlier round (C-RC-VALID). The signature is not looked at.
    /// </summary>
    public static bool TryRead(VoteMessage message, out VoteContent content)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (digest, prepared) = (Hash256.Zero, Hash256.Zero);
        var isSound = message.Type switch
        {
            VoteType.Proposal or VoteType.Prepare or VoteType.Commit =>
                message.PreparedRoundPlusOne == 0 && message.PreparedDigest.IsEmpty && Hash256.TryFrom(message.Digest.Span, out digest) && !digest.IsZero,
            VoteType.RoundChange when message.Round == 0 || !message.Digest.IsEmpty => false,
            VoteType.RoundChange when message.PreparedRoundPlusOne == 0 => message.PreparedDigest.IsEmpty,
            VoteType.RoundChange => message.PreparedRoundPlusOne <= message.Round && Hash256.TryFrom(message.PreparedDigest.Span, out prepared) && !prepared.IsZero,
            _ => false,
        };
        content = isSound ? new VoteContent(digest, message.PreparedRoundPlusOne, prepared) : default;
        return isSound;
    }

    /// <summary>True when the signature of <paramref name="message"/>, which was read as this, is <paramref name="key"/>'s.</summary>
    public bool IsSigned(VoteMessage message, ChainId chain, Sm2PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> buffer = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(buffer, chain, message.Type, new Height(message.Height), new Round(message.Round), Digest, PreparedRoundPlusOne, PreparedDigest);
        return key.Verify(SigningContext.Vote, buffer[..length], message.Signature.Span);
    }
}
