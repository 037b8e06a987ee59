using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Transactions;

/// <summary>What executing one transaction came to, with its exact bytes (the leaf of the receipt tree).</summary>
public sealed class Receipt
{
    private readonly ReceiptMessage _message;

    private Receipt(ReadOnlyMemory<byte> bytes, ReceiptMessage message, TransactionId transaction)
    {
        Bytes = bytes;
        _message = message;
        Transaction = transaction;
    }

    /// <summary>The transaction it is for.</summary>
    public TransactionId Transaction { get; }

    /// <summary>The exact encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary><see cref="Refusal.Ok"/> or the refusal's stable code.</summary>
    public string Code => _message.Code;

    /// <summary>Empty when applied.</summary>
    public string Detail => _message.Detail;

    /// <summary>True when the transaction changed the state.</summary>
    public bool Applied => _message.Code == Refusal.Ok;

    /// <summary>Typed events; empty unless applied.</summary>
    public IReadOnlyList<EventMessage> Events => _message.Events;

    /// <summary>A receipt of an applied transaction.</summary>
    public static Receipt ForApplied(TransactionId transaction, IEnumerable<EventMessage> events)
    {
        var message = New(transaction, Refusal.Ok, "");
        message.Events.AddRange(events);
        return new Receipt(message.ToByteArray(), message, transaction);
    }

    /// <summary>A receipt of a refused transaction: nothing but the reason.</summary>
    public static Receipt ForRefused(TransactionId transaction, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var message = New(transaction, refusal.Code, refusal.Detail);
        return new Receipt(message.ToByteArray(), message, transaction);
    }

    /// <summary>Parses what somebody sent; false unless canonical and one that executing makes: applied without a detail, or refused without events.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = CanonicalProto.TryParse(ReceiptMessage.Parser, bytes.Span, ProtocolLimits.MaxReceiptBytes, out var message)
            && TransactionId.TryFrom(message.TransactionId.Span, out var transaction)
            && message.Code.Length > 0
            && (message.Code == Refusal.Ok ? message.Detail.Length == 0 : message.Events.Count == 0)
            ? new Receipt(bytes, message, transaction)
            : null;
        return receipt is not null;
    }

    private static ReceiptMessage New(TransactionId transaction, string code, string detail) =>
        new() { TransactionId = ByteString.CopyFrom(transaction.Value.Span), Code = code, Detail = detail };
}
