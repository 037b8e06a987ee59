using System.Formats.Asn1;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>Unsigned numbers of a fixed width as DER INTEGERs.</summary>
internal static class DerIntegers
{
    /// <summary>Writes a big-endian number without its leading zeros, as DER demands.</summary>
    public static void Write(AsnWriter writer, ReadOnlySpan<byte> number)
    {
        var first = number.IndexOfAnyExcept((byte)0);
        writer.WriteIntegerUnsigned(first < 0 ? [0] : number[first..]);
    }

    /// <summary>Reads the INTEGER at the start of <paramref name="source"/> and moves past it; false when it is negative or wider than <paramref name="number"/>. Throws <see cref="AsnContentException"/> for bad DER.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, scoped Span<byte> number)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(source, AsnEncodingRules.DER, out var consumed);
        source = source[consumed..];
        if ((bytes[0] & 0x80) != 0) return false;
        if (bytes.Length > 1 && bytes[0] == 0) bytes = bytes[1..];
        if (bytes.Length > number.Length) return false;
        number.Clear();
        bytes.CopyTo(number[(number.Length - bytes.Length)..]);
        return true;
    }
}
