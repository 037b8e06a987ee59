using System.Formats.Asn1;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>Encodings of an SM2 signature: raw r‖s on the chain, DER in X.509, CMS and seals.</summary>
public static class Sm2Signature
{
    /// <summary>Length of a raw signature in bytes: r and s, 32 big-endian bytes each.</summary>
    public const int Size = 2 * Sm2Curve.ScalarSize;

    // SEQUENCE{INTEGER, INTEGER} with two 33-byte integers.
    private const int MaxDerSize = 2 + 2 * (2 + 33);

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

    private static bool IsScalar(ReadOnlySpan<byte> number) => Sm2Scalar.TryRead(number, out _);
}
