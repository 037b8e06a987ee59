using Utf8 = System.Text.UTF8Encoding;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Keystore;
using LicenceChain.Protocol.Tests.Cryptography;

namespace LicenceChain.Protocol.Tests.Keystore;

public sealed class KeystoreCodecTests
{
    [Fact]
    public void Keys_come_back_under_their_labels_in_order() => Seeded.Check(50, random =>
    {
        KeystoreEntry[] entries = [.. Enumerable.Range(0, random.Next(1, 10)).Select(i => new KeystoreEntry($"key/{i}", ReferenceSm2.Key(random)))];
        var bytes = KeystoreCodec.Seal("passphrase"u8, random.Bytes(16), random.Bytes(12), 3, entries);
        Assert.True(KeystoreCodec.TryOpen(bytes, "passphrase"u8, out var read, out _));
        Assert.Equal(entries.Select(e => (e.Label, e.Key.PublicKey)), read.Select(e => (e.Label, e.Key.PublicKey)));
    });

    [Fact]
    public void A_wrong_passphrase_opens_nothing()
    {
        Assert.False(KeystoreCodec.TryOpen(Sealed(), "another"u8, out var entries, out var failure));
        Assert.Null(entries);
        Assert.Equal(KeystoreFailure.WrongPassphrase, failure);
    }

    [Fact]
    public void The_file_shows_labels_and_public_keys_and_no_private_key()
    {
        using var key = ReferenceSm2.Key(new Random(1));
        var secret = new byte[32];
        key.Export(secret);
        var text = Utf8.UTF8.GetString(Sealed());
        Assert.StartsWith("{\n  \"format\": \"licencechain-keystore\",\n  \"version\": 1,", text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(key.PublicKey.Encoded), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(secret), text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Whatever_was_changed_is_refused() => Seeded.Check(1000, random =>
    {
        var original = Sealed();
        var bytes = random.Mutate(original);
        if (bytes.AsSpan().SequenceEqual(original)) return;
        Assert.False(KeystoreCodec.TryOpen(bytes, "passphrase"u8, out _, out var failure));
        Assert.NotEqual(KeystoreFailure.Unspecified, failure);
    });

    [Fact]
    public void Random_bytes_are_malformed() => Seeded.Check(300, random =>
    {
        Assert.False(KeystoreCodec.TryOpen(random.Bytes(random.Next(300)), "p"u8, out _, out var failure));
        Assert.Equal(KeystoreFailure.Malformed, failure);
    });

    [Theory]
    [InlineData("\"iterations\": 2", "\"iterations\": 0")]
    [InlineData("\"iterations\": 2", "\"iterations\": 10000001")]
    [InlineData("\"iterations\": 2", "\"iterations\": 2000000000")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("SM4-GCM", "SM4-CBC")]
    [InlineData("\"label\": \"a\"", "\"label\": null")]
    [InlineData("\"version\": 1", "\"version\": 1,\n  \"extra\": 1")]
    [InlineData("\n", "\r\n")]
    public void A_document_of_another_shape_is_malformed(string old, string changed)
    {
        var text = Utf8.UTF8.GetString(Sealed());
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.False(KeystoreCodec.TryOpen(Utf8.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)), "passphrase"u8, out _, out var failure));
        Assert.Equal(KeystoreFailure.Malformed, failure);
    }

    [Fact]
    public void A_label_cannot_be_moved_to_another_key()
    {
        var random = new Random(2);
        var bytes = KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 1, [new("a", ReferenceSm2.Key(random)), new("b", ReferenceSm2.Key(random))]);
        var swapped = Utf8.UTF8.GetString(bytes).Replace("\"a\"", "\"c\"", StringComparison.Ordinal).Replace("\"b\"", "\"a\"", StringComparison.Ordinal).Replace("\"c\"", "\"b\"", StringComparison.Ordinal);
        Assert.False(KeystoreCodec.TryOpen(Utf8.UTF8.GetBytes(swapped), "p"u8, out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("中")]
    [InlineData("quote\"")]
    public void Labels_out_of_bounds_are_a_mistake(string label) =>
        Assert.Throws<ArgumentException>(() => KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 1, [new(label, Sm2PrivateKey.Generate())]));

    [Fact]
    public void Sizes_and_counts_out_of_bounds_are_a_mistake()
    {
        KeystoreEntry[] one = [new("a", Sm2PrivateKey.Generate())];
        Assert.Throws<ArgumentException>(() => KeystoreCodec.Seal("p"u8, new byte[15], new byte[12], 1, one));
        Assert.Throws<ArgumentException>(() => KeystoreCodec.Seal("p"u8, new byte[16], new byte[11], 1, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 0, one));
        Assert.Throws<ArgumentException>(() => KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 1, []));
        Assert.Throws<ArgumentException>(() => KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 1, [.. one, .. one]));
    }

    [Fact]
    public void A_file_of_the_most_keys_fits_its_bound()
    {
        var random = new Random(3);
        var key = ReferenceSm2.Key(random);
        KeystoreEntry[] entries = [.. Enumerable.Range(0, KeystoreCodec.MaxKeys).Select(i => new KeystoreEntry($"{new string('l', 60)}{i}", key))];
        var bytes = KeystoreCodec.Seal("p"u8, new byte[16], new byte[12], 1, entries);
        Assert.InRange(bytes.Length, 1, KeystoreCodec.MaxBytes);
        Assert.True(KeystoreCodec.TryOpen(bytes, "p"u8, out _, out _));
    }

    private static byte[] Sealed() => KeystoreCodec.Seal("passphrase"u8, new byte[16], new byte[12], 2, [new("a", ReferenceSm2.Key(new Random(1)))]);
}
