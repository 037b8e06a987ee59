using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>SM4-GCM (GB/T 32907; RFC 8998): enciphers and authenticates. A nonce must never serve twice under one key.</summary>
public static class Sm4Gcm
{
    /// <summary>Length of a key in bytes.</summary>
    public const int KeySize = Sm4Aead.KeySize;

    /// <summary>Length of a nonce in bytes.</summary>
    public const int NonceSize = Sm4Aead.NonceSize;

    /// <summary>Length of an authentication tag in bytes.</summary>
    public const int TagSize = Sm4Aead.TagSize;

    /// <summary>Enciphers; <paramref name="ciphertext"/> has the plaintext's length and <paramref name="tag"/> 16 bytes. Wrong lengths throw.</summary>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Span<byte> ciphertext, Span<byte> tag) =>
        Sm4Aead.Encrypt(new GcmBlockCipher(new SM4Engine()), key, nonce, plaintext, associatedData, ciphertext, tag);

    /// <summary>Deciphers; false, with <paramref name="plaintext"/> zeroed, unless the tag is right. Wrong lengths throw.</summary>
    public static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Span<byte> plaintext) =>
        Sm4Aead.TryDecrypt(new GcmBlockCipher(new SM4Engine()), key, nonce, ciphertext, tag, associatedData, plaintext);
}
