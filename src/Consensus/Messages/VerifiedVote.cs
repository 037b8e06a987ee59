using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>A vote whose shape and signature were checked against the set of its height (C-SIGNED). Immutable: the message inside is never handed out to be written.</summary>
internal sealed class VerifiedVote(VoteMessage message, Hash256 digest, Hash256 preparedDigest)
{
    public VoteType Type => message.Type;

    public Height Height => new(message.Height);

    public Round Round => new(message.Round);

    public int Validator => (int)message.Validator;

    /// <summary>Zero for a RoundChange.</summary>
    public Hash256 Digest => digest;

    /// <summary>The round of a RoundChange's claim, or null.</summary>
    public Round? PreparedRound => message.PreparedRoundPlusOne == 0 ? null : new Round(message.PreparedRoundPlusOne - 1);

    public Hash256 PreparedDigest => preparedDigest;

    /// <summary>As it goes into messages that quote it.</summary>
    public VoteMessage Message => message;

    /// <summary>True when both say the same; the signatures may differ.</summary>
    public bool SaysTheSameAs(VerifiedVote other) =>
        Type == other.Type && Height == other.Height && Round == other.Round && Digest == other.Digest
        && message.PreparedRoundPlusOne == other.Message.PreparedRoundPlusOne && PreparedDigest == other.PreparedDigest;
}
