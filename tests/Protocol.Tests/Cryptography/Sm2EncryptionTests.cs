using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm2EncryptionTests
{
    [Fact]
    public void The_standards_key_message_and_nonce_give_its_ciphertext()
    {
        var vector = OfficialVectors.Group("sm2Encrypt");
        var signing = OfficialVectors.Group("sm2Sign");
        Assert.True(Sm2PrivateKey.TryImport(signing.Bytes("d"), out var key));
        using (key)
        {
            var plaintext = System.Text.Encoding.ASCII.GetBytes(vector.Text("message"));
            byte[] expected = [0x04, .. vector.Bytes("x1"), .. vector.Bytes("y1"), .. vector.Bytes("c3"), .. vector.Bytes("c2")];
            Assert.Equal(expected, Sm2Encryption.EncryptWithNonce(key.PublicKey, plaintext, signing.Bytes("k")));
            Assert.True(Sm2Encryption.TryDecrypt(key, expected, out var read));
            Assert.Equal(plaintext, read);
        }
    }

    [Fact]
    public void Ciphertexts_are_read_by_another_implementation_and_its_by_us() => Seeded.Check(60, random =>
    {
        using var key = ReferenceSm2.Key(random);
        var secret = new byte[32];
        key.Export(secret);
        var plaintext = random.Bytes(random.Next(1, 200));
        Assert.Equal(plaintext, ReferenceSm2.Decrypt(secret, Sm2Encryption.Encrypt(key.PublicKey, plaintext)));
        Assert.True(Sm2Encryption.TryDecrypt(key, ReferenceSm2.Encrypt(key.PublicKey.Encoded.ToArray(), plaintext), out var read));
        Assert.Equal(plaintext, read);
    });

    [Fact]
    public void A_changed_ciphertext_or_another_key_is_refused() => Seeded.Check(100, random =>
    {
        using var key = ReferenceSm2.Key(random);
        using var other = ReferenceSm2.Key(random);
        var ciphertext = Sm2Encryption.Encrypt(key.PublicKey, random.Bytes(16));
        Assert.False(Sm2Encryption.TryDecrypt(other, ciphertext, out _));
        var changed = (byte[])ciphertext.Clone();
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        Assert.False(Sm2Encryption.TryDecrypt(key, changed, out _));
        Assert.False(Sm2Encryption.TryDecrypt(key, random.Bytes(random.Next(300)), out _));
    });

    [Fact]
    public void Lengths_out_of_bounds_are_a_mistake()
    {
        using var key = Sm2PrivateKey.Generate();
        Assert.Throws<ArgumentException>(() => Sm2Encryption.Encrypt(key.PublicKey, []));
        Assert.Throws<ArgumentException>(() => Sm2Encryption.Encrypt(key.PublicKey, new byte[Sm2Encryption.MaxPlaintext + 1]));
    }

    [Fact]
    public void Asn1_and_raw_forms_carry_the_same() => Seeded.Check(100, random =>
    {
        using var key = ReferenceSm2.Key(random);
        var raw = Sm2Encryption.Encrypt(key.PublicKey, random.Bytes(random.Next(1, 300)));
        Assert.True(Sm2Encryption.TryFromAsn1(Sm2Encryption.ToAsn1(raw), out var back));
        Assert.Equal(raw, back);
    });

    [Fact]
    public void Asn1_that_is_accepted_is_canonical() => Seeded.Check(500, random =>
    {
        byte[] raw = [0x04, .. random.Bytes(64 + 32 + random.Next(1, 40))];
        var der = random.Mutate(Sm2Encryption.ToAsn1(raw));
        if (Sm2Encryption.TryFromAsn1(der, out var read)) Assert.Equal(der, Sm2Encryption.ToAsn1(read));
        Sm2Encryption.TryFromAsn1(random.Bytes(random.Next(200)), out _);
    });
}
