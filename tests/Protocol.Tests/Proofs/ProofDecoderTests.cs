using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Proofs;

public sealed class ProofDecoderTests
{
    [Fact]
    public void A_proof_is_read_back_with_all_it_holds() => Seeded.Check(200, random =>
    {
        var message = Message(random);
        Assert.True(LicenceProof.TryParse(message.ToByteArray(), out var read));
        Assert.Equal(message, read.Message);
        Assert.Equal(message.Header, ByteString.CopyFrom(read.Header.Bytes.Span));
        Assert.Equal(message.Certificate, ByteString.CopyFrom(read.Certificate.Bytes.Span));
    });

    [Fact]
    public void A_changed_proof_is_refused_or_read_as_it_is_and_proves_nothing() => Seeded.Check(1500, random =>
    {
        var anchor = new TrustAnchor(random.Chain(), random.Hash(), new Height(0), Set);
        var bytes = random.Mutate(Message(random).ToByteArray());
        if (!LicenceProof.TryParse(bytes, out var read)) return;
        Assert.Equal(bytes, read.Message.ToByteArray());
        Assert.Null(read.Verify(anchor));
        if (read.Message.States.Count + read.Message.Transactions.Count > 0) Assert.Null(read.VerifyPaths());
    });

    [Fact]
    public void A_proof_of_more_keys_than_the_bound_is_refused()
    {
        var message = Message(new Random(1));
        while (message.States.Count <= ProtocolLimits.MaxProofKeys) message.States.Add(new StateProofMessage());
        Assert.False(LicenceProof.TryParse(message.ToByteArray(), out _));
        message.States.Clear();
        while (message.Transactions.Count <= ProtocolLimits.MaxProofKeys) message.Transactions.Add(new TransactionProofMessage());
        Assert.False(LicenceProof.TryParse(message.ToByteArray(), out _));
    }

    [Fact]
    public void An_anchor_is_read_back_and_a_changed_one_is_refused_or_another() => Seeded.Check(500, random =>
    {
        var sent = new TrustAnchor(random.Chain(), random.Hash(), new Height((ulong)random.NextInt64()), Set);
        Assert.True(TrustAnchor.TryFrom(sent.ToMessage(), out var read));
        Assert.Equal((sent.Chain, sent.GenesisHash, sent.Height, sent.Validators.Hash), (read.Chain, read.GenesisHash, read.Height, read.Validators.Hash));

        var bytes = random.Mutate(sent.ToMessage().ToByteArray());
        if (CanonicalProto.TryParse(TrustAnchorMessage.Parser, bytes, ProtocolLimits.MaxMessageBytes, out var message) && TrustAnchor.TryFrom(message, out var changed))
            Assert.Equal(bytes, changed.ToMessage().ToByteArray());
    });

    [Fact]
    public void Random_bytes_are_no_proof() => Seeded.Check(500, random => Assert.False(LicenceProof.TryParse(random.Bytes(random.Next(300)), out _)));

    private static readonly Protocol.Blocks.ValidatorSet Set = new Random(5).Validators();

    // Paths of random hashes: well formed, and proving nothing.
    private static LicenceProofMessage Message(Random random)
    {
        var header = random.Header();
        var transaction = random.Transaction();
        var message = new LicenceProofMessage
        {
            Header = ByteString.CopyFrom(header.Bytes.Span),
            Certificate = ByteString.CopyFrom(random.Certificate(header.Height, header.Digest).Bytes.Span),
        };
        message.States.Add(new StateProofMessage { Key = ByteString.CopyFrom(random.Bytes(9)), Value = ByteString.CopyFrom(random.Bytes(20)), Present = true, Siblings = { ByteString.CopyFrom(random.Bytes(32)) } });
        message.Transactions.Add(new TransactionProofMessage
        {
            Transaction = ByteString.CopyFrom(transaction.Bytes.Span),
            Receipt = ByteString.CopyFrom(random.ReceiptOf(transaction.Id).Bytes.Span),
            Index = 1,
            Count = 2,
            TransactionPath = { ByteString.CopyFrom(random.Bytes(32)) },
            ReceiptPath = { ByteString.CopyFrom(random.Bytes(32)) },
        });
        return message;
    }
}
