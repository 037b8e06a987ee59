using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Tests.Transactions;

public sealed class TransactionDecoderTests
{
    [Fact]
    public void A_transaction_is_read_back_with_all_it_says() => Seeded.Check(300, random =>
    {
        var sent = random.Transaction();
        Assert.True(SignedTransaction.TryParse(sent.Bytes, out var read, out _));
        Assert.Equal((sent.Id, sent.Chain, sent.Contract, sent.Method, sent.Signer, sent.ValidUntil), (read.Id, read.Chain, read.Contract, read.Method, read.Signer, read.ValidUntil));
        Assert.Equal(sent.Arguments.ToArray(), read.Arguments.ToArray());
        Assert.Equal(sent.Bytes.ToArray(), read.Bytes.ToArray());
    });

    [Fact]
    public void A_changed_transaction_is_refused_with_a_code_or_is_the_one_encoding_of_another() => Seeded.Check(2000, random =>
    {
        var bytes = random.Mutate(random.Transaction().Bytes.Span);
        if (!SignedTransaction.TryParse(bytes, out var read, out var refusal))
        {
            Assert.Equal(TransactionCodes.Malformed, refusal.Code);
            return;
        }

        var payload = TransactionPayload.Parser.ParseFrom(read.Payload.Span);
        var again = new TransactionPayload
        {
            ChainId = read.Chain.Value,
            Contract = read.Contract,
            Method = read.Method,
            Arguments = ByteString.CopyFrom(read.Arguments.Span),
            SignerKeyId = ByteString.CopyFrom(read.Signer.Value.Span),
            ValidUntilHeight = read.ValidUntil.Value,
            UniqueId = payload.UniqueId,
        };
        Assert.Equal(again.ToByteArray(), read.Payload.ToArray());
        Assert.Equal(bytes, new TransactionMessage { Payload = again.ToByteString(), Signature = TransactionMessage.Parser.ParseFrom(bytes).Signature }.ToByteArray());
    });

    [Fact]
    public void Random_bytes_are_no_transaction_and_no_receipt() => Seeded.Check(500, random =>
    {
        var bytes = random.Bytes(random.Next(300));
        Assert.False(SignedTransaction.TryParse(bytes, out _, out var refusal));
        Assert.Equal(TransactionCodes.Malformed, refusal.Code);
        Assert.False(Receipt.TryParse(bytes, out _));
    });

    [Fact]
    public void A_transaction_over_the_bound_is_told_so()
    {
        Assert.False(SignedTransaction.TryParse(new byte[ProtocolLimits.MaxTransactionBytes + 1], out _, out var refusal));
        Assert.Equal(TransactionCodes.Oversize, refusal.Code);
        Assert.False(Receipt.TryParse(new byte[ProtocolLimits.MaxReceiptBytes + 1], out _));
    }

    [Fact]
    public void A_receipt_is_read_back_with_all_it_says() => Seeded.Check(300, random =>
    {
        var sent = random.ReceiptOf(random.Transaction().Id);
        Assert.True(Receipt.TryParse(sent.Bytes, out var read));
        Assert.Equal((sent.Transaction, sent.Code, sent.Detail, sent.Applied), (read.Transaction, read.Code, read.Detail, read.Applied));
        Assert.Equal(sent.Events, read.Events);
    });

    [Fact]
    public void A_changed_receipt_is_refused_or_is_the_one_encoding_of_another() => Seeded.Check(2000, random =>
    {
        var bytes = random.Mutate(random.ReceiptOf(random.Transaction().Id).Bytes.Span);
        if (!Receipt.TryParse(bytes, out var read)) return;
        var again = read.Applied ? Receipt.ForApplied(read.Transaction, read.Events) : Receipt.ForRefused(read.Transaction, new Refusal(read.Code, read.Detail));
        Assert.Equal(bytes, again.Bytes.ToArray());
    });

    [Theory]
    [InlineData("OK", "a detail", 0)]
    [InlineData("LC-LIC-001", "", 1)]
    [InlineData("", "", 0)]
    public void A_receipt_that_no_execution_makes_is_refused(string code, string detail, int events)
    {
        var message = new ReceiptMessage { TransactionId = ByteString.CopyFrom([1, .. new byte[31]]), Code = code, Detail = detail };
        for (var i = 0; i < events; i++) message.Events.Add(new EventMessage { Type = "licence.issued" });
        Assert.False(Receipt.TryParse(message.ToByteArray(), out _));
    }
}
