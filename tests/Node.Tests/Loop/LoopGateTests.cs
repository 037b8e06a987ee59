using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Loop;

public sealed class LoopGateTests
{
    private readonly LoopQueue _queue = new(); // which nobody empties
    private readonly SignedTransaction _transaction;

    public LoopGateTests()
    {
        using var key = Sm2PrivateKey.Generate();
        _transaction = TransactionBuilder.Sign(ChainId.Parse("gate-test"), "access", "checkpoint", new AnchorCheckpoint { Size = 1 }, key, new Height(9), new byte[SignedTransaction.UniqueIdSize]);
    }

    [Fact]
    public async Task Submissions_beyond_the_bytes_that_may_wait_are_refused_and_not_kept()
    {
        const int waiting = 3;
        var gate = new LoopGate(_queue, waiting * (long)_transaction.Bytes.Length);
        using var end = new CancellationTokenSource();
        var taken = Enumerable.Range(0, LoopQueue.MaxExternal + waiting).Select(_ => gate.SubmitAsync(_transaction.Bytes, true, end.Token)).ToList();

        for (var i = 0; i < 5; i++)
            Assert.Equal(TransactionCodes.MempoolFull, (await gate.SubmitAsync(_transaction.Bytes, true, CancellationToken.None)).Refusal?.Code);
        Assert.DoesNotContain(taken, t => t.IsCompleted);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(taken));
    }

    [Fact]
    public async Task What_has_its_place_waits_no_more()
    {
        var gate = new LoopGate(_queue, _transaction.Bytes.Length);
        using var end = new CancellationTokenSource();
        for (var i = 0; i < 2 * LoopQueue.MaxExternal; i++)
        {
            Assert.False(gate.SubmitAsync(_transaction.Bytes, true, end.Token).IsCompleted);
            if (i >= LoopQueue.MaxExternal - 1) Assert.True(_queue.TryTake(out _));
        }

        await end.CancelAsync();
    }
}
