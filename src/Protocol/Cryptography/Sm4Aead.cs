using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>What SM4-GCM and SM4-CCM have in common (GB/T 32907; RFC 8998).</summary>
internal static class Sm4Aead
{
    /// <summary>Length of a key in bytes.</summary>
    public const int KeySize = 16;

    /// <summary>Length of a nonce in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>Length of an authentication tag in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Enciphers; <paramref name="ciphertext"/> has the plaintext's length and <paramref name="tag"/> 16 bytes. Wrong lengths throw.</summary>
    public static void Encrypt(IAeadBlockCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag)
    {
        CheckLengths(key, nonce, plaintext, ciphertext, tag);
        Start(cipher, forEncryption: true, key, nonce, associatedData);
        var input = plaintext.ToArray();
        var output = new byte[plaintext.Length + TagSize];
        var written = cipher.ProcessBytes(input, 0, input.Length, output, 0);
        cipher.DoFinal(output, written);
        CryptographicOperations.ZeroMemory(input);
        output.AsSpan(0, plaintext.Length).CopyTo(ciphertext);
        output.AsSpan(plaintext.Length).CopyTo(tag);
    }

    /// <summary>Deciphers; false, with <paramref name="plaintext"/> zeroed, unless the tag is right. Wrong lengths throw.</summary>
    public static bool TryDecrypt(IAeadBlockCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Span<byte> plaintext)
    {
        CheckLengths(key, nonce, ciphertext, plaintext, tag);
        plaintext.Clear();
        Start(cipher, forEncryption: false, key, nonce, associatedData);
        byte[] input = [.. ciphertext, .. tag];
        var output = new byte[input.Length];
        try
        {
            var written = cipher.ProcessBytes(input, 0, input.Length, output, 0);
            cipher.DoFinal(output, written);
            output.AsSpan(0, plaintext.Length).CopyTo(plaintext);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
        }
    }

    private static void Start(IAeadBlockCipher cipher, bool forEncryption, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData) =>
        cipher.Init(forEncryption, new AeadParameters(new KeyParameter(key.ToArray()), TagSize * 8, nonce.ToArray(), associatedData.ToArray()));

    private static void CheckLengths(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> tag)
    {
        if (key.Length != KeySize) throw new ArgumentException($"An SM4 key has {KeySize} bytes.", nameof(key));
        if (nonce.Length != NonceSize) throw new ArgumentException($"A nonce has {NonceSize} bytes.", nameof(nonce));
        if (tag.Length != TagSize) throw new ArgumentException($"A tag has {TagSize} bytes.", nameof(tag));
        if (source.Length != destination.Length) throw new ArgumentException("Plaintext and ciphertext have the same length.", nameof(destination));
    }
}
