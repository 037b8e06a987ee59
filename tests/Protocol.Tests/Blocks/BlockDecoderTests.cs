using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Blocks;

public sealed class BlockDecoderTests
{
    [Fact]
    public void A_header_is_read_back_with_all_it_says() => Seeded.Check(300, random =>
    {
        var sent = random.Header();
        Assert.True(BlockHeader.TryParse(sent.Bytes, out var read));
        Assert.Equal(sent.Fields, read.Fields);
        Assert.Equal(sent.Digest, read.Digest);
        Assert.InRange(sent.Bytes.Length, 1, BlockHeader.MaxBytes);
    });

    [Fact]
    public void A_changed_header_is_refused_or_is_the_one_encoding_of_another() => Seeded.Check(2000, random =>
    {
        var bytes = random.Mutate(random.Header().Bytes.Span);
        if (BlockHeader.TryParse(bytes, out var read)) Assert.Equal(bytes, BlockHeader.Of(read.Fields).Bytes.ToArray());
    });

    [Fact]
    public void A_certificate_is_read_back_with_all_it_says() => Seeded.Check(300, random =>
    {
        var sent = random.Certificate(new Height((ulong)random.NextInt64()), random.Hash());
        Assert.True(CommitCertificate.TryParse(sent.Bytes, out var read));
        Assert.Equal((sent.Height, sent.Round, sent.Digest, sent.Count, sent.Hash), (read.Height, read.Round, read.Digest, read.Count, read.Hash));
    });

    [Fact]
    public void A_changed_certificate_is_refused_or_is_the_one_encoding_of_another() => Seeded.Check(2000, random =>
    {
        var bytes = random.Mutate(random.Certificate(new Height(7), random.Hash()).Bytes.Span);
        if (!CommitCertificate.TryParse(bytes, out var read)) return;
        var signatures = CommitCertificateMessage.Parser.ParseFrom(bytes).Signatures;
        Assert.Equal(bytes, CommitCertificate.Of(read.Height, read.Round, read.Digest, signatures.Select(s => new CommitSignatureMessage { Validator = s.Validator, Signature = s.Signature })).Bytes.ToArray());
        Assert.Equal(signatures.Select(s => s.Validator).Distinct().Order(), signatures.Select(s => s.Validator));
    });

    [Fact]
    public void The_largest_certificate_fits_its_bound_and_one_seat_more_is_refused()
    {
        static CommitCertificateMessage Of(int seats)
        {
            var message = new CommitCertificateMessage { Height = ulong.MaxValue, Round = uint.MaxValue, Digest = ByteString.CopyFrom(new byte[32]) };
            message.Signatures.AddRange(Enumerable.Range(0, seats).Select(i => new CommitSignatureMessage { Validator = (uint)i, Signature = ByteString.CopyFrom(new byte[64]) }));
            return message;
        }

        Assert.True(CommitCertificate.TryParse(Of(ProtocolLimits.MaxValidators).ToByteArray(), out _));
        Assert.False(CommitCertificate.TryParse(Of(ProtocolLimits.MaxValidators + 1).ToByteArray(), out _));
    }

    [Fact]
    public void A_committed_block_is_read_back_with_all_it_holds() => Seeded.Check(200, random =>
    {
        var sent = random.Committed();
        Assert.True(CommittedBlock.TryParse(sent.Bytes, out var read));
        Assert.True(Block.TryParse(sent.Block.Bytes, out var block));
        Assert.Equal(sent.Block.Header.Fields, read.Block.Header.Fields);
        Assert.Equal(sent.Block.Transactions.Select(t => t.Id), block.Transactions.Select(t => t.Id));
        Assert.Equal(sent.Receipts.Select(r => (r.Transaction, r.Code)), read.Receipts.Select(r => (r.Transaction, r.Code)));
        Assert.Equal((sent.Certificate?.Hash, sent.Block.LastCommit?.Hash), (read.Certificate?.Hash, read.Block.LastCommit?.Hash));
    });

    [Fact]
    public void A_changed_block_is_refused_or_is_the_one_encoding_of_another() => Seeded.Check(1500, random =>
    {
        var bytes = random.Mutate(random.Committed().Block.Bytes.Span);
        if (Block.TryParse(bytes, out var read)) Assert.Equal(bytes, Block.Of(BlockHeader.Of(read.Header.Fields), read.Transactions, read.LastCommit).Bytes.ToArray());
    });

    [Fact]
    public void A_changed_committed_block_is_refused_or_is_the_one_encoding_of_another() => Seeded.Check(1500, random =>
    {
        var bytes = random.Mutate(random.Committed().Bytes.Span);
        if (CommittedBlock.TryParse(bytes, out var read)) Assert.Equal(bytes, CommittedBlock.Of(read.Block, read.Certificate, read.Receipts).Bytes.ToArray());
    });

    [Fact]
    public void A_validator_set_is_read_back_and_a_changed_one_is_refused_or_another() => Seeded.Check(300, random =>
    {
        var sent = random.Validators();
        Assert.True(ValidatorSet.TryFrom(sent.ToMessage(), out var read));
        Assert.Equal(sent.Hash, read.Hash);

        var bytes = random.Mutate(sent.ToMessage().ToByteArray());
        if (CanonicalProto.TryParse(ValidatorSetMessage.Parser, bytes, ProtocolLimits.MaxStateValueBytes, out var message) && ValidatorSet.TryFrom(message, out var changed))
            Assert.Equal(bytes, changed.ToMessage().ToByteArray());
    });

    [Fact]
    public void Random_bytes_are_nothing_of_a_block() => Seeded.Check(500, random =>
    {
        var bytes = random.Bytes(random.Next(1, 300));
        Assert.False(BlockHeader.TryParse(bytes, out _));
        Assert.False(CommitCertificate.TryParse(bytes, out _));
        Assert.False(Block.TryParse(bytes, out _));
        Assert.False(CommittedBlock.TryParse(bytes, out _));
    });
}
