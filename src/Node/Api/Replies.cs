using Google.Protobuf;
using LicenceChain.Node.Standings;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api;

/// <summary>Our results as the messages of api.proto.</summary>
internal static class Replies
{
    /// <summary>Code of a transaction that waits for its block.</summary>
    public const string Pending = "PENDING";

    public static SubmitReply From(SubmitResult result)
    {
        var reply = new SubmitReply { Code = result.Receipt?.Code ?? result.Refusal?.Code ?? Pending, Detail = result.Receipt?.Detail ?? result.Refusal?.Detail ?? "" };
        if (result.Transaction is { } id) reply.TransactionId = ByteString.CopyFrom(id.Value.Span);
        if (result.Receipt is null) return reply;
        reply.Height = result.Height!.Value.Value;
        reply.Index = (uint)result.Index;
        reply.Receipt = UnsafeByteOperations.UnsafeWrap(result.Receipt.Bytes);
        return reply;
    }

    public static WhyReply From(NodeWhy why)
    {
        var reply = new WhyReply { Own = why.Own.ToMessage(), NowMs = why.Now.Milliseconds };
        foreach (var heard in why.Heard) reply.Heard.Add(new Protocol.Proto.HeardStanding { Standing = heard.Standing.ToMessage(), HeardMs = heard.At.Milliseconds });
        return reply;
    }

    public static StatusReply From(NodeStatus status) => new()
    {
        ChainId = status.Chain.Value,
        GenesisHash = ByteString.CopyFrom(status.GenesisHash.Span),
        Height = status.Height.Value,
        Head = ByteString.CopyFrom(status.Head.Span),
        StateRoot = ByteString.CopyFrom(status.StateRoot.Span),
        HeadTimeMs = status.HeadTime.Milliseconds,
        Peers = (uint)status.Peers,
        Mempool = (uint)status.Mempool,
        Validator = status.IsValidator,
        Alarm = status.Alarm,
    };
}
