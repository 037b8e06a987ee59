using LicenceChain.Protocol.Primitives;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>The curve of SM2 (GB/T 32918.5) and the encodings of its numbers and points.</summary>
internal static class Sm2Curve
{
    /// <summary>Bytes of a coordinate or a scalar.</summary>
    public const int ScalarSize = 32;

    /// <summary>Bytes of an uncompressed point: 04, x, y.</summary>
    public const int PointSize = 65;

    // The custom curve: the one of GMNamedCurves computes the same eight times slower.
    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("sm2p256v1");

    /// <summary>The order of the base point.</summary>
    public static BigInteger Order { get; } = Parameters.N;

    private static ECPoint BasePoint { get; } = Parameters.G;

    /// <summary>The default user identity of GB/T 32918, its length before it, then a, b and the base point: what every Z begins with.</summary>
    public static ReadOnlySpan<byte> IdentityPreamble =>
    [
        0x00, 0x80, (byte)'1', (byte)'2', (byte)'3', (byte)'4', (byte)'5', (byte)'6', (byte)'7', (byte)'8', (byte)'1', (byte)'2', (byte)'3', (byte)'4', (byte)'5', (byte)'6', (byte)'7', (byte)'8',
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc,
        0x28, 0xe9, 0xfa, 0x9e, 0x9d, 0x9f, 0x5e, 0x34, 0x4d, 0x5a, 0x9e, 0x4b, 0xcf, 0x65, 0x09, 0xa7, 0xf3, 0x97, 0x89, 0xf5, 0x15, 0xab, 0x8f, 0x92, 0xdd, 0xbc, 0xbd, 0x41, 0x4d, 0x94, 0x0e, 0x93,
        0x32, 0xc4, 0xae, 0x2c, 0x1f, 0x19, 0x81, 0x19, 0x5f, 0x99, 0x04, 0x46, 0x6a, 0x39, 0xc9, 0x94, 0x8f, 0xe3, 0x0b, 0xbf, 0xf2, 0x66, 0x0b, 0xe1, 0x71, 0x5a, 0x45, 0x89, 0x33, 0x4c, 0x74, 0xc7,
        0xbc, 0x37, 0x36, 0xa2, 0xf4, 0xf6, 0x77, 0x9c, 0x59, 0xbd, 0xce, 0xe3, 0x6b, 0x69, 0x21, 0x53, 0xd0, 0xa9, 0x87, 0x7c, 0xc6, 0x2a, 0x47, 0x40, 0x02, 0xdf, 0x32, 0xe5, 0x21, 0x39, 0xf0, 0xa0,
    ];

    /// <summary>Reads 04‖x‖y; false unless it is a point of the curve other than infinity.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out ECPoint? point)
    {
        point = null;
        if (encoded.Length != PointSize || encoded[0] != 0x04) return false;
        var x = ToInteger(encoded.Slice(1, ScalarSize));
        var y = ToInteger(encoded[(1 + ScalarSize)..]);
        var prime = Parameters.Curve.Field.Characteristic;
        if (x.CompareTo(prime) >= 0 || y.CompareTo(prime) >= 0) return false;
        var candidate = Parameters.Curve.CreatePoint(x, y);
        if (!candidate.IsValid()) return false;
        point = candidate;
        return true;
    }

    /// <summary>Writes 04‖x‖y of a point other than infinity.</summary>
    public static byte[] Encode(ECPoint point) => point.Normalize().GetEncoded(compressed: false);

    /// <summary><paramref name="scalar"/> times the base point, normalised.</summary>
    public static ECPoint MultiplyBase(BigInteger scalar) => new FixedPointCombMultiplier().Multiply(BasePoint, scalar).Normalize();

    /// <summary>s·G + t·P, normalised.</summary>
    public static ECPoint MultiplySum(BigInteger s, BigInteger t, ECPoint point) => ECAlgorithms.SumOfTwoMultiplies(BasePoint, s, point, t).Normalize();

    /// <summary>Reads an unsigned big-endian number.</summary>
    public static BigInteger ToInteger(ReadOnlySpan<byte> bytes) => new(1, bytes.ToArray());

    /// <summary>Writes a number below 2^256 to exactly 32 bytes, padded with zeros in front.</summary>
    public static void Write(BigInteger number, Span<byte> destination)
    {
        if (destination.Length != ScalarSize) throw new ArgumentException($"A scalar takes {ScalarSize} bytes.", nameof(destination));
        var bytes = number.ToByteArrayUnsigned();
        destination.Clear();
        bytes.CopyTo(destination[(ScalarSize - bytes.Length)..]);
    }
}
