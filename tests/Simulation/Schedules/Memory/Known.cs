using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>One distinct message with what the production verifier said of it. Shared between schedules, so nobody writes to what it holds.</summary>
/// <param name="Bytes">Exact encoding.</param>
/// <param name="Fingerprint">Of the bytes.</param>
/// <param name="Height">What the message claims.</param>
/// <param name="Verified">Null when it was refused.</param>
/// <param name="Content">Parsed; null when it was refused.</param>
/// <param name="Refusal">The verifier's word; null when it passed.</param>
internal sealed record Known(ReadOnlyMemory<byte> Bytes, ulong Fingerprint, Height Height, VerifiedMessage? Verified, ConsensusMessage? Content, string? Refusal)
{
    /// <summary>The sender's own vote in the message; null when it was refused.</summary>
    public VoteMessage? Vote { get; } = VoteOf(Content);

    /// <summary>Parses what was refused; null when it is no message at all.</summary>
    public ConsensusMessage? Parse() => Protocol.Encoding.CanonicalProto.TryParse(ConsensusMessage.Parser, Bytes.Span, Protocol.Encoding.ProtocolLimits.MaxMessageBytes, out var content) ? content : null;

    public static VoteMessage? VoteOf(ConsensusMessage? content) => content?.ContentCase switch
    {
        ConsensusMessage.ContentOneofCase.Proposal => content.Proposal.Vote,
        ConsensusMessage.ContentOneofCase.Prepare => content.Prepare,
        ConsensusMessage.ContentOneofCase.Commit => content.Commit,
        ConsensusMessage.ContentOneofCase.RoundChange => content.RoundChange.Vote,
        _ => null,
    };
}
