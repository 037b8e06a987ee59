using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// SM2 encryption (GB/T 32918.4), for keys of messages rather than messages. Raw form C1‖C3‖C2: 04‖x‖y, 32 bytes of SM3,
/// then as many bytes as the plaintext has. ASN.1 form: GM/T 0009.
/// </summary>
public static class Sm2Encryption
{
    /// <summary>Longest plaintext in bytes: longer things are enciphered with SM4 under a key enciphered here.</summary>
    public const int MaxPlaintext = 64 * 1024;

    /// <summary>Bytes that a raw ciphertext is longer than its plaintext.</summary>
    public const int Overhead = Sm2Curve.PointSize + Hash256.Size;

    // A key stream of zeros only: once in 2^8 for a one-byte plaintext, so draw again at most this often.
    private const int MaxDraws = 64;

    /// <summary>Enciphers 1 to 65,536 bytes to <paramref name="key"/>; throws for another length.</summary>
    [SkipLocalsInit]
    public static byte[] Encrypt(Sm2PublicKey key, ReadOnlySpan<byte> plaintext)
    {
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            using var ephemeral = Sm2PrivateKey.Generate();
            if (TryEncrypt(key, plaintext, ephemeral, out var ciphertext)) return ciphertext;
        }
        throw new CryptographicException("The random generator gave no usable key stream.");
    }

    /// <summary>Deciphers; false for a wrong key, a changed ciphertext or a point off the curve.</summary>
    public static bool TryDecrypt(Sm2PrivateKey key, ReadOnlySpan<byte> ciphertext, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (ciphertext.Length is <= Overhead or > Overhead + MaxPlaintext) return false;
        if (!Sm2PublicKey.TryParse(ciphertext[..Sm2Curve.PointSize], out var ephemeral)) return false;
        var check = ciphertext.Slice(Sm2Curve.PointSize, Hash256.Size);
        var result = ciphertext[Overhead..].ToArray();
        var shared = key.Agree(ephemeral);
        var ok = ApplyKeyStream(shared, result) && CryptographicOperations.FixedTimeEquals(Check(shared, result).Span, check);
        CryptographicOperations.ZeroMemory(shared);
        if (ok) plaintext = result;
        else CryptographicOperations.ZeroMemory(result);
        return ok;
    }

    /// <summary>Raw to <c>SEQUENCE{INTEGER x, INTEGER y, OCTET STRING C3, OCTET STRING C2}</c>; throws when it is no raw ciphertext.</summary>
    public static byte[] ToAsn1(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is <= Overhead or > Overhead + MaxPlaintext || raw[0] != 0x04) throw new ArgumentException("Not a raw SM2 ciphertext.", nameof(raw));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            DerIntegers.Write(writer, raw.Slice(1, Sm2Curve.ScalarSize));
            DerIntegers.Write(writer, raw.Slice(1 + Sm2Curve.ScalarSize, Sm2Curve.ScalarSize));
            writer.WriteOctetString(raw.Slice(Sm2Curve.PointSize, Hash256.Size));
            writer.WriteOctetString(raw[Overhead..]);
        }
        return writer.Encode();
    }

    /// <summary>GM/T 0009 to raw; false for anything but the one DER encoding of such a sequence. The point is checked on decryption.</summary>
    public static bool TryFromAsn1(ReadOnlySpan<byte> der, [NotNullWhen(true)] out byte[]? raw)
    {
        raw = null;
        if (der.Length > MaxPlaintext + 2 * Overhead) return false;
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            if (consumed != der.Length) return false;
            var body = der.Slice(offset, length);
            Span<byte> point = stackalloc byte[Sm2Curve.PointSize];
            point[0] = 0x04;
            if (!DerIntegers.TryRead(ref body, point.Slice(1, Sm2Curve.ScalarSize)) || !DerIntegers.TryRead(ref body, point[(1 + Sm2Curve.ScalarSize)..])) return false;
            var check = AsnDecoder.ReadOctetString(body, AsnEncodingRules.DER, out consumed);
            body = body[consumed..];
            var hidden = AsnDecoder.ReadOctetString(body, AsnEncodingRules.DER, out consumed);
            if (consumed != body.Length || check.Length != Hash256.Size || hidden.Length is 0 or > MaxPlaintext) return false;
            raw = [.. point, .. check, .. hidden];
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Enciphers with a given nonce, for the official vectors.</summary>
    internal static byte[] EncryptWithNonce(Sm2PublicKey key, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> nonce)
    {
        if (!Sm2PrivateKey.TryImport(nonce, out var ephemeral)) throw new ArgumentException("The nonce is out of range.", nameof(nonce));
        using (ephemeral) return TryEncrypt(key, plaintext, ephemeral, out var ciphertext) ? ciphertext : throw new CryptographicException("This nonce gives no key stream.");
    }

    private static bool TryEncrypt(Sm2PublicKey key, ReadOnlySpan<byte> plaintext, Sm2PrivateKey ephemeral, [NotNullWhen(true)] out byte[]? ciphertext)
    {
        if (plaintext.Length is 0 or > MaxPlaintext) throw new ArgumentException($"SM2 enciphers 1 to {MaxPlaintext} bytes.", nameof(plaintext));
        var result = new byte[Overhead + plaintext.Length];
        var hidden = result.AsSpan(Overhead);
        plaintext.CopyTo(hidden);
        var shared = ephemeral.Agree(key);
        ephemeral.PublicKey.Encoded.CopyTo(result);
        Check(shared, plaintext).CopyTo(result.AsSpan(Sm2Curve.PointSize));
        ciphertext = ApplyKeyStream(shared, hidden) ? result : null;
        CryptographicOperations.ZeroMemory(shared);
        return ciphertext is not null;
    }

    // C3 = SM3(x2 ‖ M ‖ y2)
    private static Hash256 Check(ReadOnlySpan<byte> shared, ReadOnlySpan<byte> plaintext)
    {
        var state = Sm3State.Start();
        state.Append(shared[..Sm2Curve.ScalarSize]);
        state.Append(plaintext);
        state.Append(shared[Sm2Curve.ScalarSize..]);
        return state.Finish();
    }

    // KDF of GB/T 32918.4, 5.4.3: SM3(x2 ‖ y2 ‖ counter) …, added to the data. False when the whole stream is zero.
    private static bool ApplyKeyStream(ReadOnlySpan<byte> shared, Span<byte> data)
    {
        var keyed = Sm3State.Start();
        keyed.Append(shared);
        Span<byte> counter = stackalloc byte[4];
        Span<byte> block = stackalloc byte[Hash256.Size];
        var any = 0;
        for (var index = 1; !data.IsEmpty; index++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(counter, index);
            var state = keyed;
            state.Append(counter);
            state.Finish(block);
            var taken = int.Min(block.Length, data.Length);
            for (var i = 0; i < taken; i++)
            {
                any |= block[i];
                data[i] ^= block[i];
            }
            data = data[taken..];
        }
        CryptographicOperations.ZeroMemory(block);
        return any != 0;
    }
}
