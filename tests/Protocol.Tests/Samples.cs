using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Tests.Cryptography;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Tests;

/// <summary>Well-formed values of any content: what a decoder has to give back as it was.</summary>
internal static class Samples
{
    private const string OrganisationAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static Hash256 Hash(this Random random) => Hash256.From(random.Bytes(Hash256.Size));

    public static ChainId Chain(this Random random) =>
        ChainId.Parse(new string(random.GetItems<char>("abcdefghijklmnopqrstuvwxyz0123456789-", random.Next(3, ChainId.MaxLength + 1))));

    public static OrganisationCode Organisation(this Random random) =>
        OrganisationCode.Mint("11310000" + new string(random.GetItems<char>(OrganisationAlphabet, 9)));

    /// <summary>A transaction with a signature of the right length: decoders do not verify it.</summary>
    public static SignedTransaction Transaction(this Random random)
    {
        var payload = new TransactionPayload
        {
            ChainId = random.Chain().Value,
            Contract = "licences",
            Method = "issue",
            Arguments = ByteString.CopyFrom(random.Bytes(random.Next(60))),
            SignerKeyId = ByteString.CopyFrom([1, .. random.Bytes(Hash256.Size - 1)]),
            ValidUntilHeight = (ulong)random.NextInt64(1, long.MaxValue),
            UniqueId = ByteString.CopyFrom(random.Bytes(SignedTransaction.UniqueIdSize)),
        };
        var message = new TransactionMessage { Payload = payload.ToByteString(), Signature = ByteString.CopyFrom(random.Bytes(Sm2Signature.Size)) };
        Assert.True(SignedTransaction.TryParse(message.ToByteArray(), out var transaction, out var refusal), refusal?.ToString());
        return transaction;
    }

    public static Receipt ReceiptOf(this Random random, TransactionId transaction) => random.Next(2) == 0
        ? Receipt.ForRefused(transaction, new Refusal("LC-LIC-001", $"detail {random.Next()}"))
        : Receipt.ForApplied(transaction, Enumerable.Range(0, random.Next(3)).Select(i => new EventMessage { Type = "licence.issued", Subject = $"{i}", Data = ByteString.CopyFrom(random.Bytes(5)) }));

    public static CommitCertificate Certificate(this Random random, Height height, Hash256 digest) => CommitCertificate.Of(
        height, new Round((uint)random.Next()), digest,
        Enumerable.Range(0, random.Next(1, 6)).Select(i => new CommitSignatureMessage { Validator = (uint)(3 * i), Signature = ByteString.CopyFrom(random.Bytes(Sm2Signature.Size)) }));

    public static BlockHeader Header(this Random random) => BlockHeader.Of(random.Fields(new Height((ulong)random.NextInt64())));

    public static CommittedBlock Committed(this Random random)
    {
        var height = new Height((ulong)random.Next(5));
        SignedTransaction[] transactions = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Transaction())];
        Receipt[] receipts = [.. transactions.Select(t => random.ReceiptOf(t.Id))];
        var last = height.Value <= 1 ? null : random.Certificate(height.Previous, random.Hash());
        var header = BlockHeader.Of(random.Fields(height) with
        {
            TransactionRoot = Block.TransactionRoot(transactions),
            ReceiptRoot = Block.ReceiptRoot(receipts),
            LastCommitHash = last?.Hash ?? Hash256.Zero,
        });
        return CommittedBlock.Of(Block.Of(header, transactions, last), height.Value == 0 ? null : random.Certificate(height, header.Digest), receipts);
    }

    public static ValidatorSet Validators(this Random random) => ValidatorSet.Of(
        [.. Enumerable.Range(0, random.Next(4, 7)).Select(_ => new Validator(random.Organisation(), ReferenceSm2.Key(random).PublicKey))]);

    private static HeaderFields Fields(this Random random, Height height) => new(
        random.Chain(), height, random.Hash(), new UnixTime((ulong)random.NextInt64()), random.Hash(), random.Hash(), random.Hash(),
        random.Hash(), random.Hash(), random.Hash(), random.Hash());
}
