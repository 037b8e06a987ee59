using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Credentials;

public sealed class PresentationTests
{
    private static readonly SampleCredential Sample = new(new Random(1));
    private static readonly PresentationExpectation Expected = new(SampleCredential.Chain, SampleCredential.Audience, SampleCredential.Now) { Matter = "medical-settlement" };

    [Fact]
    public void A_presentation_shows_the_chosen_attributes_and_no_other()
    {
        Assert.True(Presentation.TryParse(Sample.Present("name", "birthDate").Bytes.Span, out var read));
        var result = read.Verify(Expected);
        Assert.True(result.IsValid);
        Assert.Equal("OK", result.Code);
        Assert.Equal([new("birthDate", "value of birthDate"), new AttributeValue("name", "value of name")], result.Attributes);
        Assert.DoesNotContain("value of address", System.Text.Encoding.UTF8.GetString(read.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_need_be_shown() => Assert.True(Sample.Present().Verify(Expected).IsValid);

    [Fact]
    public void Garbage_is_malformed() => Assert.False(Presentation.TryParse([1, 2, 3], out _));

    [Fact]
    public void Another_chain_is_refused() => Refused("LC-PRE-002", Expected with { Chain = ChainId.Parse("other-chain") });

    [Fact]
    public void A_statement_for_another_credential_is_refused()
    {
        var other = new SampleCredential(new Random(2)).Credential;
        Refused("LC-PRE-003", m => m.Credential = ByteString.CopyFrom(other.Bytes.Span));
    }

    [Fact]
    public void An_issuer_key_that_the_credential_does_not_name_is_refused() =>
        Refused("LC-PRE-004", m => m.IssuerPublicKey = ByteString.CopyFrom(Sample.HolderKey.PublicKey.Encoded));

    [Fact]
    public void A_forged_issuer_signature_is_refused()
    {
        // The holder changes the credential's signature and signs a statement for the forgery.
        var message = CredentialMessage.Parser.ParseFrom(Sample.Credential.Bytes.Span);
        message.Signature = ByteString.CopyFrom([.. message.Signature.Span[..63], (byte)(message.Signature[63] ^ 1)]);
        Assert.True(Credential.TryParse(message.ToByteArray(), out var forged));
        var presentation = PresentationBuilder.Sign(forged, Sample.IssuerKey.PublicKey, [], SampleCredential.Audience, "medical-settlement", new byte[16], SampleCredential.Now, null, Sample.HolderKey);
        Assert.Equal("LC-PRE-005", presentation.Verify(Expected).Code);
    }

    [Fact]
    public void A_statement_that_the_holder_did_not_sign_is_refused() => Refused("LC-PRE-006", m =>
    {
        var statement = PresentationStatement.Parser.ParseFrom(m.Statement);
        statement.TimeMs++;
        m.Statement = statement.ToByteString();
    });

    [Fact]
    public void An_attribute_that_is_not_the_credentials_is_refused()
    {
        var foreign = new SampleCredential(new Random(3)).Commitment.Disclose(["name"]);
        Assert.Equal("LC-PRE-007", Signed(foreign).Verify(Expected).Code);
    }

    [Fact]
    public void An_attribute_shown_twice_or_out_of_order_is_refused()
    {
        var two = Sample.Commitment.Disclose(["name", "sex"]);
        Assert.Equal("LC-PRE-007", Signed([two[0], two[0]]).Verify(Expected).Code);
        Assert.Equal("LC-PRE-007", Signed([two[1], two[0]]).Verify(Expected).Code);
    }

    [Fact]
    public void Disclosures_that_the_holder_did_not_sign_for_are_refused() =>
        Refused("LC-PRE-008", m => m.Disclosures.Add(Sample.Commitment.Disclose(["sex"])));

    [Fact]
    public void Another_audience_is_refused() => Refused("LC-PRE-009", Expected with { Audience = OrganisationCode.Parse("11110000000021135M") });

    [Fact]
    public void Another_matter_is_refused() => Refused("LC-PRE-010", Expected with { Matter = "school-enrolment" });

    [Theory]
    [InlineData(0, true)]
    [InlineData(300_000, true)]
    [InlineData(300_001, false)]
    [InlineData(-60_000, true)]
    [InlineData(-60_001, false)]
    public void A_presentation_is_fresh_for_five_minutes(long after, bool fresh)
    {
        var result = Sample.Present().Verify(Expected with { Now = new UnixTime((ulong)((long)SampleCredential.Now.Milliseconds + after)) });
        Assert.Equal(fresh ? "OK" : "LC-PRE-011", result.Code);
    }

    [Fact]
    public void Another_nonce_than_the_one_given_is_refused()
    {
        Refused("LC-PRE-012", Expected with { Nonce = ByteString.CopyFrom(Enumerable.Repeat((byte)1, 16).ToArray()) });
        Assert.True(Sample.Present().Verify(Expected with { Nonce = ByteString.CopyFrom(new byte[16]) }).IsValid);
    }

    [Fact]
    public void Only_the_holder_presents() => Assert.Throws<ArgumentException>(() =>
        PresentationBuilder.Sign(Sample.Credential, Sample.IssuerKey.PublicKey, [], SampleCredential.Audience, "m", new byte[16], SampleCredential.Now, null, Sample.IssuerKey));

    [Fact]
    public void Nonces_and_matters_out_of_bounds_are_a_mistake()
    {
        foreach (var (matter, nonce) in new[] { ("", 16), (new string('m', 65), 16), ("m", 15), ("m", 65) })
        {
            Assert.Throws<ArgumentException>(() =>
                PresentationBuilder.Sign(Sample.Credential, Sample.IssuerKey.PublicKey, [], SampleCredential.Audience, matter, new byte[nonce], SampleCredential.Now, null, Sample.HolderKey));
        }
    }

    [Fact]
    public void A_mutated_presentation_is_malformed_or_refused() => Seeded.Check(1000, random =>
    {
        var original = Sample.Present("name", "sex").Bytes;
        var bytes = random.Mutate(original.Span);
        if (bytes.AsSpan().SequenceEqual(original.Span) || !Presentation.TryParse(bytes, out var read)) return;
        Assert.Equal(bytes, read.Bytes.ToArray());
        Assert.False(read.Verify(Expected).IsValid);
    });

    private static Presentation Signed(IReadOnlyList<DisclosedAttribute> disclosures) =>
        PresentationBuilder.Sign(Sample.Credential, Sample.IssuerKey.PublicKey, disclosures, SampleCredential.Audience, "medical-settlement", new byte[16], SampleCredential.Now, null, Sample.HolderKey);

    private static void Refused(string code, PresentationExpectation expected)
    {
        var result = Sample.Present("name").Verify(expected);
        Assert.Equal(code, result.Code);
        Assert.Empty(result.Attributes);
    }

    private static void Refused(string code, Action<PresentationMessage> change)
    {
        var message = Sample.Present("name").ToMessage();
        change(message);
        Assert.True(Presentation.TryParse(message.ToByteArray(), out var changed));
        Assert.Equal(code, changed.Verify(Expected).Code);
    }
}
