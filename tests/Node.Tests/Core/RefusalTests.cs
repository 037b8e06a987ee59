using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Core;

public sealed class RefusalTests(RunningNetwork running) : IClassFixture<RunningNetwork>
{
    private const ulong Later = 500;

    private readonly TestNetwork _network = running.Network;

    [Fact]
    public async Task A_transaction_that_the_chain_holds_is_refused_as_replayed()
    {
        var transaction = _network.Transaction(0, Later);
        await _network.SubmitAsync(0, transaction);

        Assert.Equal(TransactionCodes.Replayed, await CodeAsync(transaction.Bytes));
    }

    [Fact]
    public async Task A_transaction_whose_last_height_has_passed_is_refused()
    {
        Assert.Equal(TransactionCodes.Expired, await CodeAsync(_network.Transaction(0, validUntil: 1).Bytes));
    }

    [Fact]
    public async Task A_transaction_beyond_the_validity_window_is_refused()
    {
        Assert.Equal(TransactionCodes.TooFarAhead, await CodeAsync(_network.Transaction(0, validUntil: 1_000_000).Bytes));
    }

    [Fact]
    public async Task An_oversize_transaction_is_refused()
    {
        Assert.Equal(TransactionCodes.Oversize, await CodeAsync(new byte[ProtocolLimits.MaxTransactionBytes + 1]));
    }

    [Fact]
    public async Task Bytes_that_are_no_transaction_are_refused()
    {
        Assert.Equal(TransactionCodes.Malformed, await CodeAsync(RandomNumberGenerator.GetBytes(100)));
    }

    [Fact]
    public async Task A_transaction_with_an_unknown_field_is_refused()
    {
        byte[] bytes = [.. _network.Transaction(0, Later).Bytes.Span, 0x18, 0x01];

        Assert.Equal(TransactionCodes.Malformed, await CodeAsync(bytes));
    }

    [Fact]
    public async Task A_payload_with_an_unknown_field_is_refused_though_its_signer_signed_it()
    {
        var sent = _network.Transaction(0, Later);
        Assert.Equal(TransactionCodes.Malformed, await CodeAsync(SignedAsIs([.. sent.Payload.Span, 0x78, 0x01])));
    }

    [Fact]
    public async Task Another_encoding_of_the_same_transaction_is_refused()
    {
        var message = TransactionMessage.Parser.ParseFrom(_network.Transaction(0, Later).Bytes.Span);
        byte[] signatureFirst = [0x12, (byte)message.Signature.Length, .. message.Signature.Span, .. new TransactionMessage { Payload = message.Payload }.ToByteArray()];
        Assert.Equal(message, TransactionMessage.Parser.ParseFrom(signatureFirst));
        Assert.Equal(TransactionCodes.Malformed, await CodeAsync(signatureFirst));
    }

    [Fact]
    public async Task Another_encoding_of_the_same_payload_is_refused_though_its_signer_signed_it()
    {
        var payload = TransactionPayload.Parser.ParseFrom(_network.Transaction(0, Later).Payload.Span);
        byte[] longerVarint = [.. new TransactionPayload(payload) { ValidUntilHeight = 0, UniqueId = ByteString.Empty }.ToByteArray(), 0x30, 0xf4, 0x83, 0x00, 0x3a, 16, .. payload.UniqueId.Span];
        Assert.Equal(payload, TransactionPayload.Parser.ParseFrom(longerVarint));
        Assert.Equal(TransactionCodes.Malformed, await CodeAsync(SignedAsIs(longerVarint)));
    }

    [Fact]
    public async Task A_contract_that_there_is_none_of_is_refused() =>
        Assert.Equal(TransactionCodes.UnknownMethod, await CodeAsync(Call("frobnication", "checkpoint").Bytes));

    [Fact]
    public async Task A_method_that_the_contract_has_not_is_refused() =>
        Assert.Equal(TransactionCodes.UnknownMethod, await CodeAsync(Call("access", "frobnicate").Bytes));

    [Fact]
    public async Task Arguments_with_an_unknown_field_are_refused_by_the_receipt()
    {
        var arguments = TransactionPayload.Parser.ParseFrom(_network.Transaction(0, Later).Payload.Span).Arguments;
        var result = await SubmitAsync(Sign(p => p.Arguments = ByteString.CopyFrom([.. arguments.Span, 0x78, 0x01])).Bytes);
        Assert.Equal(TransactionCodes.BadArguments, result.Receipt?.Code);
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own()
    {
        string[] codes =
        [
            TransactionCodes.Malformed, TransactionCodes.Oversize, TransactionCodes.WrongChain, TransactionCodes.Expired, TransactionCodes.TooFarAhead, TransactionCodes.Replayed,
            TransactionCodes.BadSignature, TransactionCodes.UnknownKey, TransactionCodes.UnknownMethod, TransactionCodes.BadArguments, TransactionCodes.MissingRole,
        ];
        Assert.Distinct(codes);
        Assert.All(codes, code => Assert.StartsWith("LC-TX-", code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signature_over_something_else_is_refused()
    {
        var message = TransactionMessage.Parser.ParseFrom(_network.Transaction(0, Later).Bytes.Span);
        message.Signature = TransactionMessage.Parser.ParseFrom(_network.Transaction(0, Later).Bytes.Span).Signature;

        Assert.Equal(TransactionCodes.BadSignature, await CodeAsync(message.ToByteArray()));
    }

    [Fact]
    public async Task A_key_that_the_chain_does_not_know_is_refused()
    {
        using var stranger = Sm2PrivateKey.Generate();

        Assert.Equal(TransactionCodes.UnknownKey, await CodeAsync(_network.Transaction(0, Later, signer: stranger).Bytes));
    }

    [Fact]
    public async Task A_transaction_of_another_chain_is_refused()
    {
        Assert.Equal(TransactionCodes.WrongChain, await CodeAsync(_network.Transaction(0, Later, chain: "other-chain").Bytes));
    }

    [Fact]
    public async Task A_key_without_the_methods_role_is_refused()
    {
        Assert.Equal(TransactionCodes.MissingRole, await CodeAsync(_network.Transaction(0, Later, signer: _network.Members[0].Consensus).Bytes));
    }

    [Fact]
    public async Task A_transaction_that_waits_already_is_refused()
    {
        var transaction = _network.Transaction(0, Later);

        var both = await Task.WhenAll(_network.SubmitAsync(0, transaction), _network.SubmitAsync(0, transaction));

        Assert.Single(both, r => r.Receipt?.Code == Refusal.Ok);
        Assert.Single(both, r => r.Refusal?.Code is TransactionCodes.AlreadyPending or TransactionCodes.Replayed);
    }

    private async Task<string?> CodeAsync(ReadOnlyMemory<byte> transaction) => (await SubmitAsync(transaction)).Refusal?.Code;

    private Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction) =>
        _network[0].Gate.SubmitAsync(transaction, true, CancellationToken.None).WaitAsync(TestNetwork.Patience);

    private SignedTransaction Call(string contract, string method) => Sign(p => (p.Contract, p.Method) = (contract, method));

    private SignedTransaction Sign(Action<TransactionPayload> change)
    {
        var payload = TransactionPayload.Parser.ParseFrom(_network.Transaction(0, Later).Payload.Span);
        change(payload);
        Assert.True(SignedTransaction.TryParse(SignedAsIs(payload.ToByteArray()), out var transaction, out _));
        return transaction;
    }

    // The signature is right: only the form of what was signed is wrong.
    private byte[] SignedAsIs(byte[] payload)
    {
        var signature = new byte[Sm2Signature.Size];
        _network.Members[0].Service.Sign(SigningContext.Transaction, payload, signature);
        return new TransactionMessage { Payload = ByteString.CopyFrom(payload), Signature = ByteString.CopyFrom(signature) }.ToByteArray();
    }
}
