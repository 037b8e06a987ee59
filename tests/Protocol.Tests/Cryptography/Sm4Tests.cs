using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm4Tests
{
    [Fact]
    public void Cbc_of_one_block_under_a_zero_vector_is_the_standards_block()
    {
        var vector = OfficialVectors.Group("sm4");
        Assert.Equal(vector.Bytes("once"), Sm4Cbc.Encrypt(vector.Bytes("key"), new byte[16], vector.Bytes("plain"))[..16]);
    }

    [Fact]
    public void A_million_times_enciphered_block_is_the_standards()
    {
        // With a zero vector and the last block fed back, CBC over zeros is the block cipher again and again.
        var vector = OfficialVectors.Group("sm4");
        var zeros = new byte[16 * 999_999];
        var last = Sm4Cbc.Encrypt(vector.Bytes("key"), vector.Bytes("once"), zeros);
        Assert.Equal(vector.Bytes("million"), last[(16 * 999_998)..(16 * 999_999)]);
    }

    [Fact]
    public void Gcm_gives_the_ciphertext_and_tag_of_rfc_8998()
    {
        var vector = OfficialVectors.Group("rfc8998");
        var plaintext = vector.Bytes("plain");
        var (ciphertext, tag) = (new byte[plaintext.Length], new byte[16]);
        Sm4Gcm.Encrypt(vector.Bytes("key"), vector.Bytes("nonce"), plaintext, vector.Bytes("aad"), ciphertext, tag);
        Assert.Equal(vector.Bytes("gcm"), ciphertext);
        Assert.Equal(vector.Bytes("gcmTag"), tag);
        var read = new byte[plaintext.Length];
        Assert.True(Sm4Gcm.TryDecrypt(vector.Bytes("key"), vector.Bytes("nonce"), ciphertext, tag, vector.Bytes("aad"), read));
        Assert.Equal(plaintext, read);
    }

    [Fact]
    public void Ccm_gives_the_ciphertext_and_tag_of_rfc_8998_and_refuses_another_tag()
    {
        var vector = OfficialVectors.Group("rfc8998");
        var plaintext = vector.Bytes("plain");
        var (ciphertext, tag) = (new byte[plaintext.Length], new byte[16]);
        Sm4Ccm.Encrypt(vector.Bytes("key"), vector.Bytes("nonce"), plaintext, vector.Bytes("aad"), ciphertext, tag);
        Assert.Equal(vector.Bytes("ccm"), ciphertext);
        Assert.Equal(vector.Bytes("ccmTag"), tag);
        var read = new byte[plaintext.Length];
        Assert.True(Sm4Ccm.TryDecrypt(vector.Bytes("key"), vector.Bytes("nonce"), ciphertext, tag, vector.Bytes("aad"), read));
        Assert.Equal(plaintext, read);
        tag[3] ^= 1;
        Assert.False(Sm4Ccm.TryDecrypt(vector.Bytes("key"), vector.Bytes("nonce"), ciphertext, tag, vector.Bytes("aad"), read));
    }

    [Fact]
    public void Gcm_refuses_whatever_was_changed_and_shows_nothing_of_it() => Seeded.Check(200, random =>
    {
        byte[][] parts = [random.Bytes(16), random.Bytes(12), random.Bytes(random.Next(1, 100)), random.Bytes(16), random.Bytes(random.Next(1, 50))];
        var plaintext = random.Bytes(parts[2].Length);
        Sm4Gcm.Encrypt(parts[0], parts[1], plaintext, parts[4], parts[2], parts[3]);
        var read = new byte[plaintext.Length];
        Assert.True(Sm4Gcm.TryDecrypt(parts[0], parts[1], parts[2], parts[3], parts[4], read));
        Assert.Equal(plaintext, read);
        var changed = parts[random.Next(parts.Length)];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        Assert.False(Sm4Gcm.TryDecrypt(parts[0], parts[1], parts[2], parts[3], parts[4], read));
        Assert.Equal(new byte[plaintext.Length], read);
    });

    [Fact]
    public void Cbc_reads_back_what_it_wrote() => Seeded.Check(200, random =>
    {
        var (key, vector, plaintext) = (random.Bytes(16), random.Bytes(16), random.Bytes(random.Next(100)));
        var ciphertext = Sm4Cbc.Encrypt(key, vector, plaintext);
        Assert.Equal((plaintext.Length / 16 + 1) * 16, ciphertext.Length);
        Assert.True(Sm4Cbc.TryDecrypt(key, vector, ciphertext, out var read));
        Assert.Equal(plaintext, read);
        Sm4Cbc.TryDecrypt(key, vector, random.Bytes(random.Next(100)), out _);
    });

    [Fact]
    public void Wrong_lengths_are_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => Sm4Gcm.Encrypt(new byte[15], new byte[12], [], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => Sm4Gcm.Encrypt(new byte[16], new byte[16], [], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => Sm4Gcm.Encrypt(new byte[16], new byte[12], [], [], [], new byte[12]));
        Assert.Throws<ArgumentException>(() => Sm4Gcm.Encrypt(new byte[16], new byte[12], [1], [], [], new byte[16]));
        Assert.Throws<ArgumentException>(() => Sm4Cbc.Encrypt(new byte[16], new byte[12], []));
    }
}
