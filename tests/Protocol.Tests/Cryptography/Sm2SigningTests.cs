using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm2SigningTests
{
    [Fact]
    public void The_standards_key_message_and_nonce_give_its_digest_and_signature()
    {
        var vector = OfficialVectors.Group("sm2Sign");
        using var key = Import(vector.Bytes("d"));
        var message = System.Text.Encoding.ASCII.GetBytes(vector.Text("message"));
        byte[] expectedKey = [0x04, .. vector.Bytes("x"), .. vector.Bytes("y")];
        Assert.Equal(expectedKey, key.PublicKey.Encoded.ToArray());
        Assert.Equal(vector.Bytes("e"), key.PublicKey.Digest(SigningContext.Raw, message).ToArray());
        var signature = new byte[64];
        Assert.True(key.SignWithNonce(SigningContext.Raw, message, vector.Bytes("k"), signature));
        byte[] expected = [.. vector.Bytes("r"), .. vector.Bytes("s")];
        Assert.Equal(expected, signature);
        Assert.True(key.PublicKey.Verify(SigningContext.Raw, message, signature));
    }

    [Fact]
    public void Signatures_are_accepted_by_another_implementation_and_its_by_us()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            using var key = ReferenceSm2.Key(random);
            var message = random.Bytes(random.Next(200));
            var signature = new byte[64];
            key.Sign(SigningContext.Raw, message, signature);
            var encoded = key.PublicKey.Encoded.ToArray();
            Assert.True(ReferenceSm2.Verify(encoded, message, signature));
            Assert.True(key.PublicKey.Verify(SigningContext.Raw, message, signature));
            Assert.True(key.PublicKey.Verify(SigningContext.Raw, message, ReferenceSm2.Sign(Exported(key), message, random)));
        }
    }

    [Fact]
    public void A_changed_message_signature_or_key_is_refused() => Seeded.Check(200, random =>
    {
        using var key = ReferenceSm2.Key(random);
        using var other = ReferenceSm2.Key(random);
        var message = random.Bytes(40);
        var signature = new byte[64];
        key.Sign(SigningContext.Transaction, message, signature);
        Assert.True(key.PublicKey.Verify(SigningContext.Transaction, message, signature));
        Assert.False(other.PublicKey.Verify(SigningContext.Transaction, message, signature));
        Assert.False(key.PublicKey.Verify(SigningContext.Transaction, random.Mutate(message), signature));
        var changed = (byte[])signature.Clone();
        changed[random.Next(64)] ^= (byte)(1 << random.Next(8));
        Assert.False(key.PublicKey.Verify(SigningContext.Transaction, message, changed));
        Assert.False(key.PublicKey.Verify(SigningContext.Transaction, message, random.Bytes(random.Next(200))));
    });

    [Fact]
    public void A_signature_counts_in_its_own_context_only()
    {
        SigningContext[] contexts =
        [
            SigningContext.Vote, SigningContext.Transaction, SigningContext.Grant, SigningContext.GrantRevocation, SigningContext.Credential, SigningContext.Presentation,
            SigningContext.VaultRequest, SigningContext.Link, SigningContext.Standing, SigningContext.Checkpoint, SigningContext.Raw,
        ];
        using var key = ReferenceSm2.Key(new Random(4));
        var signature = new byte[64];
        foreach (var made in contexts)
        {
            key.Sign(made, "message"u8, signature);
            foreach (var read in contexts) Assert.Equal(made == read, key.PublicKey.Verify(read, "message"u8, signature));
        }
    }

    [Fact]
    public void The_domains_are_the_literals_of_the_protocol()
    {
        using var key = ReferenceSm2.Key(new Random(5));
        var signature = new byte[64];
        foreach (var (context, domain) in new[]
        {
            (SigningContext.Vote, "LC1"), (SigningContext.Transaction, "LC1/tx"), (SigningContext.Grant, "LC1/grant"), (SigningContext.GrantRevocation, "LC1/grant-revocation"),
            (SigningContext.Credential, "LC1/credential"), (SigningContext.Presentation, "LC1/presentation"), (SigningContext.VaultRequest, "LC1/vault-request"),
            (SigningContext.Link, "LC1/link"), (SigningContext.Standing, "LC1/standing"), (SigningContext.Checkpoint, "LC1/checkpoint"),
        })
        {
            key.Sign(context, "message"u8, signature);
            Assert.True(key.PublicKey.Verify(SigningContext.Raw, System.Text.Encoding.ASCII.GetBytes(domain + "\0message"), signature));
        }
    }

    [Fact]
    public void A_default_context_signs_nothing()
    {
        using var key = ReferenceSm2.Key(new Random(6));
        Assert.Throws<InvalidOperationException>(() => key.Sign(default, "message"u8, new byte[64]));
    }

    [Fact]
    public void Signing_twice_gives_the_same_bytes()
    {
        using var key = ReferenceSm2.Key(new Random(7));
        var (first, second) = (new byte[64], new byte[64]);
        key.Sign(SigningContext.Vote, "vote"u8, first);
        key.Sign(SigningContext.Vote, "vote"u8, second);
        Assert.Equal(first, second);
        key.Sign(SigningContext.Vote, "another vote"u8, second);
        Assert.NotEqual(first[..32], second[..32]);
    }

    [Fact]
    public void Nonces_are_those_of_rfc_6979_with_hmac_sm3() => Seeded.Check(300, random =>
    {
        using var key = ReferenceSm2.Key(random);
        // A digest above the order now and then: RFC 6979 reduces it first.
        var digest = random.Next(4) == 0 ? Enumerable.Repeat((byte)0xff, 32).ToArray() : random.Bytes(32);
        var nonces = new Sm2NonceSequence(Exported(key), Hash256.From(digest));
        Span<byte> nonce = stackalloc byte[32];
        nonces.Next(nonce);
        Assert.Equal(ReferenceSm2.Nonce(Exported(key), digest), nonce.ToArray());
    });

    [Fact]
    public void The_second_nonce_differs_from_the_first()
    {
        var nonces = new Sm2NonceSequence(new Random(8).Bytes(32), Sm3.Hash("e"u8));
        var (first, second) = (new byte[32], new byte[32]);
        nonces.Next(first);
        nonces.Next(second);
        Assert.NotEqual(first, second);
    }

    private static Sm2PrivateKey Import(byte[] secret)
    {
        Assert.True(Sm2PrivateKey.TryImport(secret, out var key));
        return key;
    }

    private static byte[] Exported(Sm2PrivateKey key)
    {
        var secret = new byte[32];
        key.Export(secret);
        return secret;
    }
}
