using System.Formats.Asn1;
using Org.BouncyCastle.Math;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>Encodings of an SM2 signature: raw r‖s on the chain, DER in X.509, CMS and seals.</summary>
public static class Sm2Signature
{
    /// <summary>Length of a raw signature in bytes: r and s, 32 big-endian bytes each.</summary>
    public const int Size = 2 * Sm2Curve.ScalarSize;

    // SEQUENCE{INTEGER, INTEGER} with two 33-byte integers.
    private const int MaxDerSize = 2 + 2 * (2 + 33);

    private static ReadOnlySpan<byte> Order =>
    [
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x23,
    ];

    /// <summary>Raw to DER; throws unless it is 64 bytes with r and s in [1, n−1].</summary>
    public static byte[] ToDer(ReadOnlySpan<byte> raw)
    {
        if (raw.Length != Size || !IsScalar(raw[..Sm2Curve.ScalarSize]) || !IsScalar(raw[Sm2Curve.ScalarSize..])) throw new ArgumentException("Not a signature: 64 bytes, r and s in [1, n-1].", nameof(raw));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            DerIntegers.Write(writer, raw[..Sm2Curve.ScalarSize]);
            DerIntegers.Write(writer, raw[Sm2Curve.ScalarSize..]);
        }
        return writer.Encode();
    }

    /// <summary>Strict DER to raw; false for anything but the one DER encoding of r and s in [1, n−1]. <paramref name="raw"/> is exactly 64 bytes.</summary>
    public static bool TryFromDer(ReadOnlySpan<byte> der, Span<byte> raw)
    {
        if (raw.Length != Size) throw new ArgumentException($"A signature takes {Size} bytes.", nameof(raw));
        if (der.Length > MaxDerSize) return false;
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            if (consumed != der.Length) return false;
            var body = der.Slice(offset, length);
            return DerIntegers.TryRead(ref body, raw[..Sm2Curve.ScalarSize]) && DerIntegers.TryRead(ref body, raw[Sm2Curve.ScalarSize..])
                && body.IsEmpty && IsScalar(raw[..Sm2Curve.ScalarSize]) && IsScalar(raw[Sm2Curve.ScalarSize..]);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>True for 32 bytes of a number in [1, n−1].</summary>
    internal static bool IsScalar(ReadOnlySpan<byte> number) => number.SequenceCompareTo(Order) < 0 && number.ContainsAnyExcept((byte)0);

    /// <summary>Reads 64 bytes; false unless r and s are in [1, n−1].</summary>
    internal static bool TryRead(ReadOnlySpan<byte> raw, out BigInteger r, out BigInteger s)
    {
        r = s = BigInteger.Zero;
        if (raw.Length != Size || !IsScalar(raw[..Sm2Curve.ScalarSize]) || !IsScalar(raw[Sm2Curve.ScalarSize..])) return false;
        r = Sm2Curve.ToInteger(raw[..Sm2Curve.ScalarSize]);
        s = Sm2Curve.ToInteger(raw[Sm2Curve.ScalarSize..]);
        return true;
    }
}
