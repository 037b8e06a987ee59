using LicenceChain.Protocol.Cryptography;
using Org.BouncyCastle.Math;

namespace LicenceChain.Protocol.Tests.Cryptography;

/// <summary>Crafted signatures and keys at the bounds of what is allowed.</summary>
public sealed class Sm2EdgeTests
{
    private static readonly BigInteger N = ReferenceSm2.Order;

    [Fact]
    public void Numbers_outside_of_one_to_n_minus_one_are_refused()
    {
        using var key = ReferenceSm2.Key(new Random(1));
        var good = new byte[64];
        key.Sign(SigningContext.Raw, "m"u8, good);
        var tooLarge = Enumerable.Repeat((byte)0xff, 32).ToArray();
        foreach (var bad in new[] { new byte[32], ReferenceSm2.Pad(N), ReferenceSm2.Pad(N.Add(BigInteger.One)), tooLarge })
        {
            Assert.False(key.PublicKey.Verify(SigningContext.Raw, "m"u8, [.. bad, .. good[32..]]));
            Assert.False(key.PublicKey.Verify(SigningContext.Raw, "m"u8, [.. good[..32], .. bad]));
        }
    }

    [Fact]
    public void The_same_signature_with_n_added_to_a_number_is_refused()
    {
        // r + n fits into 32 bytes only where r < 2^256 - n: look for such an r.
        using var key = ReferenceSm2.Key(new Random(2));
        var small = BigInteger.One.ShiftLeft(256).Subtract(N);
        var signature = new byte[64];
        key.Sign(SigningContext.Raw, "m"u8, signature);
        foreach (var half in new[] { 0, 32 })
        {
            var number = new BigInteger(1, signature[half..(half + 32)]);
            if (number.CompareTo(small) >= 0) number = BigInteger.One;
            var changed = (byte[])signature.Clone();
            ReferenceSm2.Pad(number.Add(N)).CopyTo(changed, half);
            Assert.False(key.PublicKey.Verify(SigningContext.Raw, "m"u8, changed));
        }
    }

    [Fact]
    public void Numbers_that_add_up_to_n_are_refused()
    {
        using var key = ReferenceSm2.Key(new Random(3));
        foreach (var r in new[] { BigInteger.One, BigInteger.Two, N.ShiftRight(1), N.Subtract(BigInteger.One) })
        {
            Assert.False(key.PublicKey.Verify(SigningContext.Raw, "m"u8, [.. ReferenceSm2.Pad(r), .. ReferenceSm2.Pad(N.Subtract(r))]));
        }
    }

    [Fact]
    public void Numbers_at_the_bounds_get_the_verdict_of_another_implementation()
    {
        BigInteger[] edges = [BigInteger.One, BigInteger.Two, N.ShiftRight(1), N.Subtract(BigInteger.Two), N.Subtract(BigInteger.One)];
        using var key = ReferenceSm2.Key(new Random(4));
        var encoded = key.PublicKey.Encoded.ToArray();
        foreach (var r in edges)
        {
            foreach (var s in edges)
            {
                byte[] signature = [.. ReferenceSm2.Pad(r), .. ReferenceSm2.Pad(s)];
                Assert.Equal(ReferenceSm2.Verify(encoded, [1], signature), key.PublicKey.Verify(SigningContext.Raw, [1], signature));
            }
        }
    }

    [Fact]
    public void Keys_with_a_tiny_or_huge_secret_sign_and_verify()
    {
        foreach (var number in new[] { BigInteger.One, BigInteger.Two, BigInteger.Three, N.Subtract(BigInteger.Two), N.Subtract(BigInteger.Three), N.ShiftRight(1) })
        {
            Assert.True(Sm2PrivateKey.TryImport(ReferenceSm2.Pad(number), out var key));
            using (key)
            {
                Assert.Equal(ReferenceSm2.PublicKey(number), key.PublicKey.Encoded.ToArray());
                var signature = new byte[64];
                for (byte i = 0; i < 20; i++)
                {
                    key.Sign(SigningContext.Raw, [i], signature);
                    Assert.True(ReferenceSm2.Verify(key.PublicKey.Encoded.ToArray(), [i], signature));
                    Assert.True(key.PublicKey.Verify(SigningContext.Raw, [i], signature));
                    signature[40] ^= 1;
                    Assert.False(key.PublicKey.Verify(SigningContext.Raw, [i], signature));
                }
            }
        }
    }

    [Fact]
    public void Secrets_outside_of_one_to_n_minus_two_are_refused()
    {
        foreach (var bad in new[] { new byte[32], ReferenceSm2.Pad(N.Subtract(BigInteger.One)), ReferenceSm2.Pad(N), Enumerable.Repeat((byte)0xff, 32).ToArray(), [1], new byte[33], [] })
        {
            Assert.False(Sm2PrivateKey.TryImport(bad, out _));
        }
    }

    [Fact]
    public void Bad_points_are_refused()
    {
        using var key = ReferenceSm2.Key(new Random(5));
        var good = key.PublicKey.Encoded.ToArray();
        Assert.True(Sm2PublicKey.TryParse(good, out _));
        var prime = Convert.FromHexString("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
        byte[] offCurve = [.. good[..64], (byte)(good[64] ^ 1)];
        byte[] compressed = [0x02, .. good[1..33]];
        byte[] hybrid = [0x06, .. good[1..]];
        byte[] infinity = new byte[65];
        byte[] zeros = [0x04, .. new byte[64]];
        byte[] largeX = [0x04, .. prime, .. good[33..]];
        byte[] largeY = [0x04, .. good[1..33], .. prime];
        foreach (var bad in new[] { offCurve, compressed, hybrid, infinity, zeros, largeX, largeY, [0x00], [], good[..64], [.. good, 0] }) Assert.False(Sm2PublicKey.TryParse(bad, out _));
    }

    [Fact]
    public void A_coordinate_with_the_prime_added_is_refused()
    {
        // x = 0 … small has room for x + p below 2^256; take the point with the smallest such x.
        var prime = new BigInteger(1, Convert.FromHexString("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF"));
        var curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName("sm2p256v1").Curve;
        for (var x = 0; x < 50; x++)
        {
            var element = curve.FromBigInteger(BigInteger.ValueOf(x));
            var y = element.Square().Add(curve.A).Multiply(element).Add(curve.B).Sqrt();
            if (y is null) continue;
            var coordinate = ReferenceSm2.Pad(y.ToBigInteger());
            Assert.True(Sm2PublicKey.TryParse([0x04, .. ReferenceSm2.Pad(BigInteger.ValueOf(x)), .. coordinate], out _));
            Assert.False(Sm2PublicKey.TryParse([0x04, .. ReferenceSm2.Pad(prime.Add(BigInteger.ValueOf(x))), .. coordinate], out _));
        }
    }

    [Fact]
    public void Random_bytes_are_no_key_and_mutated_ones_only_where_they_are_a_point() => Seeded.Check(500, random =>
    {
        using var key = ReferenceSm2.Key(random);
        Assert.False(Sm2PublicKey.TryParse(random.Bytes(random.Next(130)), out _));
        var mutated = random.Mutate(key.PublicKey.Encoded);
        if (Sm2PublicKey.TryParse(mutated, out var parsed)) Assert.Equal(mutated, parsed.Encoded.ToArray());
    });

    [Fact]
    public void A_disposed_key_neither_signs_nor_exports()
    {
        var key = Sm2PrivateKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(SigningContext.Raw, "m"u8, new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => key.Export(new byte[32]));
    }

    [Fact]
    public void Equal_points_are_equal_keys_with_one_id()
    {
        using var key = Sm2PrivateKey.Generate();
        Assert.True(Sm2PublicKey.TryParse(key.PublicKey.Encoded, out var again));
        Assert.Equal(key.PublicKey, again);
        Assert.Equal(key.PublicKey.GetHashCode(), again.GetHashCode());
        Assert.Equal(Sm3.Hash(again.Encoded), again.Id.Value);
        Assert.NotEqual(key.PublicKey, Sm2PrivateKey.Generate().PublicKey);
    }
}
