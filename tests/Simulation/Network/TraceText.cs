using System.Buffers.Binary;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network;

/// <summary>Messages and events in few words.</summary>
internal static class TraceText
{
    /// <summary>Tells messages apart in a trace's hash: some of their bytes.</summary>
    public static ulong Mark(LinkMessage message) =>
        message.ContentCase == LinkMessage.ContentOneofCase.Consensus && message.Consensus.Length >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(message.Consensus.Span[^sizeof(ulong)..])
            : (ulong)message.CalculateSize();

    /// <summary>As above, for events: the name of their kind.</summary>
    public static ulong Mark(NodeEvent occurrence)
    {
        var name = occurrence.GetType().Name;
        return ((ulong)name.Length << 16) | name[0];
    }

    public static string Of(LinkMessage message) => message.ContentCase switch
    {
        LinkMessage.ContentOneofCase.Consensus => Of(ConsensusMessage.Parser.ParseFrom(message.Consensus)),
        LinkMessage.ContentOneofCase.Transactions => $"{message.Transactions.Transactions.Count} transactions",
        LinkMessage.ContentOneofCase.Status => $"status: head {message.Status.Head}",
        LinkMessage.ContentOneofCase.BlockRequest => $"request: {message.BlockRequest.Count} blocks from {message.BlockRequest.From}",
        LinkMessage.ContentOneofCase.BlockResponse => $"{message.BlockResponse.Blocks.Count} blocks",
        LinkMessage.ContentOneofCase.Standing => "its standing",
        _ => message.ContentCase.ToString(),
    };

    public static string Of(NodeEvent occurrence) => occurrence switch
    {
        NodeEvent.TimerFired e => e.Timer.Kind == TimerKind.Consensus ? $"timer {e.Timer.Consensus.Kind} of {e.Timer.Consensus.Height}/{e.Timer.Consensus.Round}" : $"timer {e.Timer.Kind}",
        NodeEvent.ConsensusReceived e => "received " + Of(ConsensusMessage.Parser.ParseFrom(e.Message.Span)),
        NodeEvent.ConsensusVerified { Message: { } m } => $"verified {m.Type} {m.Height}/{m.Round} of seat {m.Validator}",
        NodeEvent.ConsensusVerified e => $"found unsound: {e.Reason}",
        NodeEvent.PeerStatusReceived e => $"status: a peer's head is {e.Head}",
        NodeEvent.BlocksReceived e => $"received {e.Blocks.Count} blocks",
        NodeEvent.BlocksVerified e => $"verified {e.Blocks.Count} blocks, all hold: {e.AllHold}",
        NodeEvent.BlocksRequested e => $"a peer asks for {e.Count} blocks from {e.From}",
        NodeEvent.WorkFailed e => $"work failed: {e.Cause.Message}",
        _ => occurrence.GetType().Name,
    };

    private static string Of(ConsensusMessage message) => message.ContentCase switch
    {
        ConsensusMessage.ContentOneofCase.Proposal => $"{Of(message.Proposal.Vote)} with {message.Proposal.RoundChanges.Count} round changes, {message.Proposal.Prepares.Count} prepares",
        ConsensusMessage.ContentOneofCase.Prepare => Of(message.Prepare),
        ConsensusMessage.ContentOneofCase.Commit => Of(message.Commit),
        ConsensusMessage.ContentOneofCase.RoundChange => Of(message.RoundChange.Vote),
        _ => "nothing",
    };

    private static string Of(VoteMessage vote)
    {
        var digest = vote.Digest.IsEmpty ? "" : " for " + Convert.ToHexStringLower(vote.Digest.Span[..4]);
        var claim = vote.PreparedRoundPlusOne == 0 ? "" : $" prepared {Convert.ToHexStringLower(vote.PreparedDigest.Span[..4])} in round {vote.PreparedRoundPlusOne - 1}";
        return $"{vote.Type} {vote.Height}/{vote.Round} of seat {vote.Validator}{digest}{claim}";
    }
}
