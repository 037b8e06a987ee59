using System.Numerics;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

/// <summary>The field, the scalars and the point tables against big integers and BouncyCastle's points.</summary>
public sealed class Sm2ArithmeticTests
{
    private const int Cases = 20_000;
    private static readonly BigInteger P = BigInteger.Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF", System.Globalization.NumberStyles.HexNumber, null);
    private static readonly BigInteger N = BigInteger.Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", System.Globalization.NumberStyles.HexNumber, null);

    [Fact]
    public void Field_operations_are_those_of_integers_modulo_p()
    {
        var random = new Random(1);
        for (var i = 0; i < Cases; i++)
        {
            var (a, b) = (Draw(random, P), Draw(random, P));
            var (x, y) = (ToField(a), ToField(b));
            Assert.Equal(a, FromField(x));
            Sm2FieldElement.Multiply(out var product, x, y);
            Assert.Equal(a * b % P, FromField(product));
            Sm2FieldElement.Square(out var square, x);
            Assert.Equal(a * a % P, FromField(square));
            Sm2FieldElement.Add(out var sum, x, y);
            Assert.Equal((a + b) % P, FromField(sum));
            Sm2FieldElement.Subtract(out var difference, x, y);
            Assert.Equal((a - b + P) % P, FromField(difference));
            Sm2FieldElement.Scale(out var scaled, x, 8);
            Assert.Equal(a * 8 % P, FromField(scaled));
            Assert.Equal(a == b, difference.IsZero());
        }
    }

    [Fact]
    public void Long_chains_of_field_operations_stay_in_bounds()
    {
        // Debug assertions in the field check every limb on the way.
        var random = new Random(2);
        for (var chain = 0; chain < 200; chain++)
        {
            var (a, b) = (Draw(random, P), Draw(random, P));
            var (x, y) = (ToField(a), ToField(b));
            for (var step = 0; step < 100; step++)
            {
                switch (random.Next(5))
                {
                    case 0: Sm2FieldElement.Add(out x, x, y); a = (a + b) % P; break;
                    case 1: Sm2FieldElement.Subtract(out x, y, x); a = (b - a + P) % P; break;
                    case 2: Sm2FieldElement.Multiply(out y, x, y); b = a * b % P; break;
                    case 3: Sm2FieldElement.Square(out y, y); b = b * b % P; break;
                    default: Sm2FieldElement.Scale(out x, x, 3); a = a * 3 % P; break;
                }
            }
            Assert.Equal(a, FromField(x));
            Assert.Equal(b, FromField(y));
        }
    }

    [Fact]
    public void Extreme_limbs_multiply_rightly()
    {
        ulong[] limbs = [0, 1, (1UL << 52) - 1, (1UL << 52) - 2, 1UL << 51];
        ulong[] tops = [0, 1, (1UL << 48) - 1, 0x1fffffffdffff - 1];
        foreach (var low in limbs)
        {
            foreach (var middle in limbs)
            {
                foreach (var top in tops)
                {
                    var x = new Sm2FieldElement(low, middle, middle, low, top);
                    var value = low + ((BigInteger)middle << 52) + ((BigInteger)middle << 104) + ((BigInteger)low << 156) + ((BigInteger)top << 208);
                    Sm2FieldElement.Multiply(out var product, x, x);
                    Sm2FieldElement.Square(out var square, x);
                    var plain = value * BigInteger.ModPow(BigInteger.Pow(2, 260), P - 2, P) % P;
                    Assert.Equal(plain * plain % P, FromField(product));
                    Assert.Equal(plain * plain % P, FromField(square));
                }
            }
        }
    }

    [Fact]
    public void Inverses_multiply_to_one_and_zero_has_none() => Seeded.Check(200, random =>
    {
        var a = Draw(random, P);
        Sm2FieldElement.Invert(out var inverse, ToField(a));
        Assert.Equal(a.IsZero ? 0 : 1, FromField(inverse) * a % P);
        var b = Draw(random, N);
        Assert.Equal(b.IsZero ? 0 : 1, FromScalar(Sm2Scalar.Invert(ToScalar(b))) * b % N);
    });

    [Fact]
    public void Scalar_operations_are_those_of_integers_modulo_n()
    {
        var random = new Random(3);
        for (var i = 0; i < Cases; i++)
        {
            var (a, b) = (Draw(random, N), Draw(random, N));
            var (x, y) = (ToScalar(a), ToScalar(b));
            Assert.Equal((a + b) % N, FromScalar(Sm2Scalar.Add(x, y)));
            Assert.Equal((N - a) % N, FromScalar(Sm2Scalar.Negate(x)));
            Assert.Equal(a * b % N, FromScalar(Sm2Scalar.Multiply(x, y)));
            var odd = FromScalar(x.MakeOdd(out var negated));
            if (!a.IsZero) Assert.False(odd.IsEven);
            Assert.Equal(a.IsEven ? (N - a) % N : a, odd);
            Assert.Equal(a.IsEven ? ulong.MaxValue : 0, negated);
            var any = random.Bytes(32);
            Assert.Equal(new BigInteger(any, isUnsigned: true, isBigEndian: true) % N, FromScalar(Sm2Scalar.Reduce(any)));
        }
    }

    [Fact]
    public void The_second_candidate_for_x_is_the_first_plus_n_where_that_is_below_p()
    {
        foreach (var value in new[] { BigInteger.Zero, BigInteger.One, P - N - 1, P - N, P - N + 1, BigInteger.One << 64, BigInteger.One << 128, N - 1 })
        {
            Assert.Equal(value + N < P, ToScalar(value).TryAddOrderToField(out var second));
            if (value + N < P) Assert.Equal(value + N, FromField(second));
        }
    }

    [Fact]
    public void Products_of_points_are_those_of_another_implementation()
    {
        var random = new Random(4);
        var curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName("sm2p256v1");
        for (var i = 0; i < 300; i++)
        {
            using var key = ReferenceSm2.Key(random);
            Assert.True(Sm2Curve.TryDecode(key.PublicKey.Encoded, out var point));
            var reference = curve.Curve.DecodePoint(key.PublicKey.Encoded.ToArray());
            var (t, s) = (DrawScalar(random), DrawScalar(random));
            var expected = Org.BouncyCastle.Math.EC.ECAlgorithms.SumOfTwoMultiplies(reference, Reference(t), curve.G, Reference(s)).Normalize().GetEncoded(false);
            Assert.Equal(expected, Encoded(Sm2PointTable.Small(point).MultiplyAdd(ToScalar(t), ToScalar(s))));
            Assert.Equal(expected, Encoded(Sm2PointTable.Large(point).MultiplyAdd(ToScalar(t), ToScalar(s))));
            var multiple = reference.Multiply(Reference(t)).Normalize().GetEncoded(false);
            Assert.Equal(multiple, Encoded(Sm2PointTable.Small(point).MultiplySecret(ToScalar(t))));
            Assert.Equal(multiple, Encoded(Sm2PointTable.Large(point).MultiplySecret(ToScalar(t))));
            Assert.Equal(curve.G.Multiply(Reference(s)).Normalize().GetEncoded(false), Encoded(Sm2PointTable.Base.MultiplySecret(ToScalar(s))));
        }
    }

    [Fact]
    public void Equal_and_opposite_terms_add_rightly()
    {
        // P = d·G, and s·G = ± t·P, ± 2t·P and their neighbours: the exceptions of the addition formulas meet.
        var random = new Random(5);
        var curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName("sm2p256v1");
        for (var i = 0; i < 40; i++)
        {
            var d = i < 10 ? i + 1 : DrawScalar(random);
            Assert.True(Sm2Curve.TryDecode(curve.G.Multiply(Reference(d)).Normalize().GetEncoded(false), out var point));
            var t = i % 2 == 0 ? new BigInteger(random.Next(1, 64)) : DrawScalar(random);
            foreach (var factor in new[] { 1, -1, 2, -2, 3, -3 })
            {
                foreach (var offset in new[] { 0, 1, -1 })
                {
                    var s = ((t * d * factor + offset) % N + N) % N;
                    if (s.IsZero) continue;
                    var expected = (t * d + s) % N;
                    var sums = new[] { Sm2PointTable.Small(point), Sm2PointTable.Large(point) }.Select(table => table.MultiplyAdd(ToScalar(t), ToScalar(s)));
                    foreach (var sum in sums)
                    {
                        Assert.Equal(expected.IsZero, sum.IsInfinity());
                        if (!expected.IsZero) Assert.Equal(curve.G.Multiply(Reference(expected)).Normalize().GetEncoded(false), Encoded(sum));
                    }
                }
            }
        }
    }

    [Fact]
    public void Products_at_the_bounds_of_the_scalars_are_right()
    {
        var curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName("sm2p256v1");
        BigInteger top = BigInteger.One << 252;
        foreach (var k in new[] { 1, 2, 3, 127, 128, 129, N - 1, N - 2, N - 3, N / 2, N / 2 + 1, top, top - 1, 30 * top - N, 2 * N - 30 * top, 15 * top })
        {
            if (k <= 0 || k >= N) continue;
            Assert.Equal(curve.G.Multiply(Reference(k)).Normalize().GetEncoded(false), Encoded(Sm2PointTable.Base.MultiplySecret(ToScalar(k))));
        }
    }

    [Fact]
    public void Doubling_and_adding_infinity_change_nothing()
    {
        Sm2Point infinity = default;
        Sm2Point.Double(ref infinity);
        Assert.True(infinity.IsInfinity());
        var point = Sm2Point.From(new Sm2AffinePoint { X = Sm2FieldElement.BaseX, Y = Sm2FieldElement.BaseY });
        var sum = point;
        Sm2Point.Add(ref sum, infinity);
        Sm2Point.Add(ref infinity, point);
        Assert.Equal(Encoded(point), Encoded(sum));
        Assert.Equal(Encoded(point), Encoded(infinity));
    }

    // Now and then a number next to 0, next to the modulus, or with long runs of ones and zeros.
    private static BigInteger Draw(Random random, BigInteger modulus) => random.Next(8) switch
    {
        0 => random.Next(3),
        1 => modulus - 1 - random.Next(3),
        2 => ((BigInteger.One << random.Next(1, 257)) - (BigInteger.One << random.Next(0, 256)) + modulus) % modulus,
        _ => new BigInteger(random.Bytes(32), isUnsigned: true) % modulus,
    } is var number && number.Sign < 0 ? number + modulus : number;

    private static BigInteger DrawScalar(Random random) => BigInteger.Max(1, Draw(random, N));

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static Org.BouncyCastle.Math.BigInteger Reference(BigInteger number) => new(1, Bytes(number));

    private static Sm2Scalar ToScalar(BigInteger number) => Sm2Scalar.Reduce(Bytes(number));

    private static BigInteger FromScalar(Sm2Scalar scalar)
    {
        var bytes = new byte[32];
        scalar.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static Sm2FieldElement ToField(BigInteger number)
    {
        Sm2Scalar.Read(Bytes(number), out var w0, out var w1, out var w2, out var w3);
        return Sm2FieldElement.FromWords(w0, w1, w2, w3);
    }

    private static BigInteger FromField(Sm2FieldElement element)
    {
        element.ToWords(out var w0, out var w1, out var w2, out var w3);
        var bytes = new byte[32];
        Sm2Scalar.Write(bytes, w0, w1, w2, w3);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static byte[] Encoded(Sm2Point point)
    {
        var encoded = new byte[65];
        Sm2Curve.Encode(point.ToAffine(), encoded);
        return encoded;
    }
}
