using LicenceChain.Protocol.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm3Tests
{
    private const int DifferentialCases = 20_000;

    [Fact]
    public void Hash_gives_the_digests_of_the_standard()
    {
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Sm3.Hash("abc"u8).ToString());
        var vectors = OfficialVectors.Group("sm3");
        Assert.Equal(vectors[0].Bytes("hash"), Sm3.Hash("abc"u8).ToArray());
        Assert.Equal(vectors[1].Bytes("hash"), Sm3.Hash(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcd", 16)))).ToArray());
    }

    [Fact]
    public void Hash_agrees_with_another_implementation_at_every_length_up_to_five_blocks()
    {
        var data = new Random(1).Bytes(320);
        for (var length = 0; length <= data.Length; length++) Assert.Equal(Reference(data.AsSpan(0, length)), Sm3.Hash(data.AsSpan(0, length)).ToArray());
    }

    [Fact]
    public void Hash_agrees_with_another_implementation_on_random_data()
    {
        var random = new Random(2);
        for (var i = 0; i < DifferentialCases; i++)
        {
            var data = random.Bytes(random.Next(600));
            Assert.Equal(Reference(data), Sm3.Hash(data).ToArray());
        }
    }

    [Fact]
    public void Parts_hash_like_the_whole_wherever_they_are_cut() => Seeded.Check(500, random =>
    {
        var data = random.Bytes(random.Next(1000));
        var whole = Sm3.Hash(data);
        var cut = random.Next(data.Length + 1);
        Assert.Equal(whole, Sm3.Hash(data.AsSpan(0, cut), data.AsSpan(cut)));
        var hasher = new Sm3Hasher();
        for (var start = 0; start < data.Length;)
        {
            var length = random.Next(1, data.Length - start + 1);
            hasher.Append(data.AsSpan(start, length));
            start += length;
        }
        Assert.Equal(whole, hasher.Finish());
    });

    [Fact]
    public void A_finished_hasher_begins_anew()
    {
        var hasher = new Sm3Hasher();
        hasher.Append("something"u8);
        hasher.Finish();
        hasher.Append("abc"u8);
        Assert.Equal(Sm3.Hash("abc"u8), hasher.Finish());
    }

    [Fact]
    public void A_destination_of_another_length_than_32_bytes_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Sm3.HashTo("abc"u8, new byte[31]));

    [Fact]
    public void Hmac_agrees_with_another_implementation() => Seeded.Check(500, random =>
    {
        var key = random.Bytes(random.Next(150));
        var data = random.Bytes(random.Next(300));
        var reference = new HMac(new SM3Digest());
        reference.Init(new KeyParameter(key));
        reference.BlockUpdate(data, 0, data.Length);
        var expected = new byte[32];
        reference.DoFinal(expected, 0);
        Assert.Equal(expected, HmacSm3.Compute(key, data).ToArray());
    });

    [Fact]
    public void Pbkdf2_agrees_with_another_implementation() => Seeded.Check(50, random =>
    {
        var passphrase = random.Bytes(random.Next(1, 100));
        var salt = random.Bytes(random.Next(1, 40));
        var iterations = random.Next(1, 20);
        var derived = new byte[random.Next(1, 100)];
        var reference = new Pkcs5S2ParametersGenerator(new SM3Digest());
        reference.Init(passphrase, salt, iterations);
        Pbkdf2Sm3.Derive(passphrase, salt, iterations, derived);
        Assert.Equal(((KeyParameter)reference.GenerateDerivedMacParameters(derived.Length * 8)).GetKey(), derived);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Pbkdf2Sm3.MaxIterations + 1)]
    public void Pbkdf2_refuses_iterations_out_of_bounds(int iterations) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Pbkdf2Sm3.Derive("p"u8, "s"u8, iterations, new byte[16]));

    private static byte[] Reference(ReadOnlySpan<byte> data)
    {
        IDigest digest = new SM3Digest();
        digest.BlockUpdate(data.ToArray(), 0, data.Length);
        var result = new byte[32];
        digest.DoFinal(result, 0);
        return result;
    }
}
