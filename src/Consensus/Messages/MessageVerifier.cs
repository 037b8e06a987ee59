using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>
/// Verifies what can be verified without consensus state: canonical bytes, bounds, every signature inside, distinct signers, the proposer,
/// justifications, and each block's hashes recomputed from its bytes (C-FLOOD). Pure and thread-safe: meant for worker threads.
/// </summary>
public static class MessageVerifier
{
    /// <summary>
    /// Verifies a message of height <paramref name="expected"/> against that height's validator set. A message of a height whose set is
    /// not yet known may be verified against the present one: the state machine drops it if the sets turn out to differ.
    /// </summary>
    /// <param name="bytes">Exact encoding of ConsensusMessage; kept, not copied.</param>
    /// <param name="chain">The chain it must be for.</param>
    /// <param name="expected">The height it must be of.</param>
    /// <param name="set">The validators that may have signed it.</param>
    /// <param name="message">What was verified.</param>
    /// <param name="reason">A stable word for the first thing that is wrong.</param>
    public static bool TryVerify(
        ReadOnlyMemory<byte> bytes, ChainId chain, Height expected, ValidatorSet set, [NotNullWhen(true)] out VerifiedMessage? message, [NotNullWhen(false)] out string? reason) =>
        TryVerify(bytes, chain, expected, set, VoteSignatures.Instance, out message, out reason);

    /// <summary>As the other one, with the signatures of votes verified by <paramref name="signatures"/>.</summary>
    public static bool TryVerify(
        ReadOnlyMemory<byte> bytes,
        ChainId chain,
        Height expected,
        ValidatorSet set,
        IVoteSignatures signatures,
        [NotNullWhen(true)] out VerifiedMessage? message,
        [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(set);
        message = null;
        if (!CanonicalProto.TryParse(ConsensusMessage.Parser, bytes.Span, ProtocolLimits.MaxMessageBytes, out var parsed))
        {
            reason = "malformed";
            return false;
        }

        var verification = new MessageVerification(bytes, chain, expected, set, signatures);
        (message, reason) = parsed.ContentCase switch
        {
            ConsensusMessage.ContentOneofCase.Proposal => verification.Proposal(parsed.Proposal),
            ConsensusMessage.ContentOneofCase.Prepare => verification.Vote(parsed.Prepare, VoteType.Prepare),
            ConsensusMessage.ContentOneofCase.Commit => verification.Vote(parsed.Commit, VoteType.Commit),
            ConsensusMessage.ContentOneofCase.RoundChange => verification.RoundChange(parsed.RoundChange),
            _ => (null, "malformed"),
        };
        return message is not null;
    }

    /// <summary>Reads the height that a message claims, cheaply; false when there is none. Nothing is verified.</summary>
    public static bool TryPeekHeight(ReadOnlyMemory<byte> bytes, out Height height) => HeightPeek.TryRead(bytes.Span, out height);
}
