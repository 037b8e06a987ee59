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

    private async Task<string?> CodeAsync(ReadOnlyMemory<byte> transaction) =>
        (await _network[0].Gate.SubmitAsync(transaction, true, CancellationToken.None).WaitAsync(TestNetwork.Patience)).Refusal?.Code;
}
