using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Divergence;

/// <summary>A part of a block's trace, as it travels on a link.</summary>
/// <param name="Height">Of the block.</param>
/// <param name="Digest">Of its header.</param>
/// <param name="From">Index of the first transaction of the page.</param>
/// <param name="Count">Transactions of the block.</param>
/// <param name="IsHeld">False: the node holds no trace of this block.</param>
/// <param name="Transactions">In order; at least one, unless <paramref name="From"/> is the end.</param>
internal sealed record TracePage(Height Height, Hash256 Digest, int From, int Count, bool IsHeld, IReadOnlyList<TransactionTrace> Transactions)
{
    /// <summary>The page of a trace that begins at a transaction.</summary>
    public static TracePage Of(BlockTrace trace, int from)
    {
        var transactions = new List<TransactionTrace>();
        var writes = 0;
        for (var i = from; i < trace.Count && transactions.Count < TraceLimits.PageTransactions && writes < TraceLimits.PageWrites; i++)
        {
            transactions.Add(trace[i]);
            writes += transactions[^1].Writes.Count;
        }

        return new TracePage(trace.Height, trace.Digest, from, trace.Count, true, transactions);
    }

    /// <summary>What a node says that holds no trace of the block.</summary>
    public static TracePage NotHeld(Height height, Hash256 digest, int from) => new(height, digest, from, 0, false, []);

    /// <summary>Takes what a peer sent; false beyond the bounds.</summary>
    public static bool TryFrom(TraceReply message, [NotNullWhen(true)] out TracePage? page)
    {
        page = null;
        if (!Hash256.TryFrom(message.Digest.Span, out var digest) || message.Count > ProtocolLimits.MaxBlockTransactions || message.From > message.Count) return false;
        if (message.Transactions.Count > TraceLimits.PageTransactions || message.From + message.Transactions.Count > message.Count) return false;
        var transactions = new List<TransactionTrace>(message.Transactions.Count);
        var room = TraceLimits.MaxPageWrites;
        foreach (var one in message.Transactions)
        {
            room -= one.Writes.Count;
            if (room < 0 || !TryRead(one, out var transaction)) return false;
            transactions.Add(transaction);
        }

        page = new TracePage(new Height(message.Height), digest, (int)message.From, (int)message.Count, message.Held, transactions);
        return true;
    }

    /// <summary>As it is sent.</summary>
    public TraceReply ToMessage()
    {
        var message = new TraceReply { Height = Height.Value, Digest = Wrap(Digest), From = (uint)From, Count = (uint)Count, Held = IsHeld };
        foreach (var one in Transactions)
        {
            var transaction = new TransactionTraceMessage { Receipt = Wrap(one.Receipt), Code = one.Code };
            foreach (var (key, value) in one.Writes)
                transaction.Writes.Add(new TracedWriteMessage { Key = ByteString.CopyFrom(key.Span), ValueHash = value is { } hash ? Wrap(hash) : ByteString.Empty });
            message.Transactions.Add(transaction);
        }

        return message;
    }

    private static bool TryRead(TransactionTraceMessage message, [NotNullWhen(true)] out TransactionTrace? transaction)
    {
        transaction = null;
        if (!Hash256.TryFrom(message.Receipt.Span, out var receipt) || message.Code.Length > TraceLimits.MaxCode || !message.Code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return false;
        var writes = new TracedWrite[message.Writes.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            var hash = default(Hash256);
            if (!StateKey.TryFrom(message.Writes[i].Key.Span, out var key) || (message.Writes[i].ValueHash.Length > 0 && !Hash256.TryFrom(message.Writes[i].ValueHash.Span, out hash))) return false;
            writes[i] = new TracedWrite(key, message.Writes[i].ValueHash.Length > 0 ? hash : null);
        }

        transaction = new TransactionTrace(receipt, message.Code, writes);
        return true;
    }

    private static ByteString Wrap(Hash256 hash) => ByteString.CopyFrom(hash.Span);
}
