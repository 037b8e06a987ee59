using Google.Protobuf;
using LicenceChain.Consensus;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.BlockProduction;

public sealed class BlockCheckTests : IAsyncLifetime
{
    private readonly TestNetwork _network = TestNetwork.Create();
    private readonly TestChain _test;

    public BlockCheckTests() => _test = new TestChain(_network);

    [Fact]
    [Trait("Rule", "C-FRESH")]
    public void C_FRESH_a_block_of_valid_transactions_may_be_voted_for()
    {
        var block = _test.Build(Transaction(), Transaction());

        Assert.Equal(BlockVerdictKind.Valid, _test.Verdict(block).Kind);
        Assert.Equal(1, _test.SignatureChecks);
    }

    [Fact]
    public void A_signature_that_the_mempool_has_checked_is_not_checked_again()
    {
        var transaction = Transaction();
        _test.Verified.Add(VerifiedSignatures.DigestOf(transaction.Bytes.Span));

        Assert.Equal(BlockVerdictKind.Valid, _test.Verdict(_test.Build(transaction)).Kind);
        Assert.Equal(0, _test.SignatureChecks);
    }

    [Fact]
    public void The_same_payload_under_another_signature_is_checked_and_refused()
    {
        var good = Transaction();
        _test.Verified.Add(VerifiedSignatures.DigestOf(good.Bytes.Span));
        var message = TransactionMessage.Parser.ParseFrom(good.Bytes.Span);
        message.Signature = TransactionMessage.Parser.ParseFrom(Transaction().Bytes.Span).Signature;
        Assert.True(SignedTransaction.TryParse(message.ToByteArray(), out var forged, out _));
        Assert.Equal(good.Id, forged.Id);

        var verdict = _test.Verdict(_test.Build(forged));

        Assert.Equal(BlockVerdictKind.Invalid, verdict.Kind);
        Assert.Contains(TransactionCodes.BadSignature, verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_that_stands_twice_in_a_block_is_refused()
    {
        var transaction = Transaction();
        var block = _test.Build(transaction);

        Assert.Contains(TransactionCodes.Replayed, _test.Verdict(TestChain.Forge(block, [transaction, transaction])).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_that_an_earlier_block_holds_is_refused()
    {
        var transaction = Transaction();
        var block = _test.Build(transaction);
        _test.Chain.Replay.Add(transaction.Id, new Height(0));

        Assert.Contains(TransactionCodes.Replayed, _test.Verdict(block).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_of_another_chain_is_refused_in_a_block()
    {
        var block = _test.Build();

        var verdict = _test.Verdict(TestChain.Forge(block, [_network.Transaction(0, 100, chain: "other-chain")]));

        Assert.Contains(TransactionCodes.WrongChain, verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_state_root_than_execution_gives_is_a_divergence()
    {
        var transaction = Transaction();
        var block = _test.Build(transaction);

        var verdict = _test.Verdict(TestChain.Forge(block, [transaction], f => f with { StateRoot = f.ReceiptRoot }));

        Assert.Equal(BlockVerdictKind.Diverged, verdict.Kind);
    }

    [Fact]
    public void A_transaction_that_expired_in_the_mempool_is_not_built_in()
    {
        Assert.Empty(_test.Build(_network.Transaction(0, validUntil: 100_000)).Transactions);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _test.Dispose();
        await _network.DisposeAsync();
    }

    private SignedTransaction Transaction() => _network.Transaction(0, validUntil: 100);
}
