using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Credentials;

public sealed class CredentialTests
{
    private static readonly SampleCredential Sample = new(new Random(1));

    [Fact]
    public void A_credential_is_read_back_with_all_it_states()
    {
        Assert.True(Credential.TryParse(Sample.Credential.Bytes.Span, out var read));
        Assert.Equal(Sample.Fields(), read.Statement);
        Assert.Equal(Sm3.Hash(Sample.Credential.Bytes.Span), read.Hash);
        Assert.True(read.VerifyIssuer(Sample.IssuerKey.PublicKey));
    }

    [Fact]
    public void Another_key_did_not_issue_it() => Assert.False(Sample.Credential.VerifyIssuer(Sample.HolderKey.PublicKey));

    [Fact]
    public void No_statement_is_signed_with_a_key_it_does_not_name() =>
        Assert.Throws<ArgumentException>(() => CredentialBuilder.Sign(Sample.Fields(), Sample.HolderKey));

    [Fact]
    public void The_holder_tag_hashes_the_domain_and_the_key()
    {
        Assert.Equal(Sm3.Hash([.. "LC1/holder"u8, 0, .. Sample.HolderKey.PublicKey.Encoded]), HolderTag.Of(Sample.HolderKey.PublicKey));
        Assert.Equal(HolderTag.Of(Sample.HolderKey.PublicKey), Sample.Credential.Statement.HolderTag);
    }

    [Fact]
    public void Statements_out_of_bounds_are_refused()
    {
        foreach (var change in new Action<CredentialStatement>[]
        {
            s => s.ChainId = "", s => s.LicenceId = "1.2.3", s => s.Type = "", s => s.Type = new string('t', 65), s => s.Issuer = "X", s => s.IssuerKeyId = ByteString.Empty,
            s => s.HolderPublicKey = ByteString.CopyFrom(new byte[65]), s => s.Commitment = ByteString.CopyFrom(new byte[32]), s => s.AttributeCount = 0,
            s => s.AttributeCount = 65, s => s.Version = 0, s => s.ValidUntilMs = s.ValidFromMs,
        })
        {
            var message = CredentialMessage.Parser.ParseFrom(Sample.Credential.Bytes.Span);
            var statement = CredentialStatement.Parser.ParseFrom(message.Statement);
            change(statement);
            message.Statement = statement.ToByteString();
            Assert.False(Credential.TryParse(message.ToByteArray(), out _));
        }
    }

    [Fact]
    public void A_mutated_credential_is_refused_or_its_signature_is_wrong() => Seeded.Check(1000, random =>
    {
        var bytes = random.Mutate(Sample.Credential.Bytes.Span);
        if (bytes.AsSpan().SequenceEqual(Sample.Credential.Bytes.Span) || !Credential.TryParse(bytes, out var read)) return;
        Assert.Equal(bytes, read.Bytes.ToArray());
        Assert.False(read.VerifyIssuer(Sample.IssuerKey.PublicKey));
    });

    [Fact]
    public void An_oversize_credential_is_refused() => Assert.False(Credential.TryParse(new byte[Credential.MaxBytes + 1], out _));
}
