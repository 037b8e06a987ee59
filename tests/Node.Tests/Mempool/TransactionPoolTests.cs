using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Mempool;

public sealed class TransactionPoolTests
{
    private static readonly Sm2PrivateKey Key = Sm2PrivateKey.Generate();
    private static readonly OrganisationCode Busy = OrganisationCode.Mint("11310000000000001");
    private static readonly OrganisationCode Quiet = OrganisationCode.Mint("11320000000000002");

    private readonly TransactionPool _pool = new();
    private ulong _next;

    [Fact]
    public void A_block_takes_from_the_members_in_turn_however_much_one_of_them_submits()
    {
        for (var i = 0; i < 50; i++) Add(Busy);
        for (var i = 0; i < 3; i++) Add(Quiet);

        var selected = _pool.Select(8, int.MaxValue);

        Assert.Equal(8, selected.Count);
        Assert.Equal(3, selected.Count(p => p.Member == Quiet));
    }

    [Fact]
    public void A_members_transactions_are_taken_oldest_first()
    {
        var added = Enumerable.Range(0, 5).Select(_ => Add(Busy)).ToList();

        Assert.Equal(added, _pool.Select(5, int.MaxValue));
    }

    [Fact]
    public void A_member_that_has_its_share_is_refused_while_others_still_find_room()
    {
        var transaction = Sign();
        for (var i = 0; i < MempoolLimits.MaxMemberTransactions; i++) Add(Busy);

        Assert.False(_pool.HasRoom(Busy, transaction.Bytes.Length));
        Assert.True(_pool.HasRoom(Quiet, transaction.Bytes.Length));
    }

    [Fact]
    public void No_more_bytes_are_selected_than_asked_for()
    {
        for (var i = 0; i < 10; i++) Add(Busy);
        var one = _pool.All.First().Transaction.Bytes.Length;

        Assert.Equal(3, _pool.Select(10, (one * 3) + (one / 2)).Count);
    }

    [Fact]
    public void What_was_selected_stays_until_it_is_removed_and_then_is_gone_everywhere()
    {
        var first = Add(Busy);
        var second = Add(Busy);
        _pool.Select(2, int.MaxValue);

        Assert.True(_pool.Remove(first.Transaction.Id, out _));

        Assert.Equal([second], _pool.Select(2, int.MaxValue));
        Assert.Equal(second.Transaction.Bytes.Length, _pool.Bytes);
        Assert.False(_pool.Remove(first.Transaction.Id, out _));
    }

    [Fact]
    public void A_transaction_leaves_with_the_last_height_that_may_hold_it()
    {
        var early = Add(Busy, validUntil: 5);
        var late = Add(Busy, validUntil: 6);

        Assert.Empty(_pool.Expire(new Height(4)));
        Assert.Equal([early], _pool.Expire(new Height(5)));
        Assert.Equal([late], _pool.Select(9, int.MaxValue));
    }

    [Fact]
    public void The_same_transaction_is_held_once()
    {
        var pending = Add(Busy);

        Assert.False(_pool.TryAdd(new PendingTransaction(pending.Transaction, Busy, null, false)));
        Assert.Equal(1, _pool.Count);
    }

    private PendingTransaction Add(OrganisationCode member, ulong validUntil = 9)
    {
        var pending = new PendingTransaction(Unsigned(validUntil), member, null, true);
        Assert.True(_pool.TryAdd(pending));
        return pending;
    }

    // The pool checks no signature: one is enough for all, and signing thousands would take seconds.
    private SignedTransaction Unsigned(ulong validUntil)
    {
        var unique = new byte[SignedTransaction.UniqueIdSize];
        BitConverter.TryWriteBytes(unique, ++_next);
        var payload = new TransactionPayload
        {
            ChainId = "test-chain",
            Contract = "access",
            Method = "checkpoint",
            SignerKeyId = Google.Protobuf.ByteString.CopyFrom(Key.PublicKey.Id.Value.Span),
            ValidUntilHeight = validUntil,
            UniqueId = Google.Protobuf.ByteString.CopyFrom(unique),
        };
        var message = new TransactionMessage { Payload = Google.Protobuf.MessageExtensions.ToByteString(payload), Signature = Google.Protobuf.ByteString.CopyFrom(new byte[Sm2Signature.Size]) };
        Assert.True(SignedTransaction.TryParse(Google.Protobuf.MessageExtensions.ToByteArray(message), out var transaction, out _));
        return transaction;
    }

    private SignedTransaction Sign() => Unsigned(9);
}
