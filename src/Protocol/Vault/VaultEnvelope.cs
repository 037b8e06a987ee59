using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Vault;

/// <summary>
/// How a vault sends attributes: SM4-GCM under a key that serves once, the key wrapped with SM2 to the requester, bound to the very request by its
/// digest as associated data. Both sides of the release use this one place.
/// </summary>
public static class VaultEnvelope
{
    /// <summary>Largest plaintext in bytes: 64 attributes of 4 KiB with their paths would be 300 KiB.</summary>
    public const int MaxPlaintext = 512 * 1024;

    /// <summary>
    /// Enciphers <paramref name="attributes"/> to <paramref name="requester"/> in answer to <paramref name="statement"/>, the exact bytes that it signed,
    /// and fills <c>wrapped_key</c>, <c>nonce</c> and <c>ciphertext</c> of <paramref name="reply"/>. <paramref name="contentKey"/> (16 bytes) and
    /// <paramref name="nonce"/> (12 bytes) are fresh random bytes; the caller zeroes the key.
    /// </summary>
    public static void Seal(
        VaultReply reply, Sm2PublicKey requester, ReadOnlySpan<byte> statement, ReleasedAttributes attributes, ReadOnlySpan<byte> contentKey, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(attributes);
        var plaintext = attributes.ToByteArray();
        if (plaintext.Length > MaxPlaintext) throw new ArgumentException($"An envelope holds at most {MaxPlaintext} bytes.", nameof(attributes));
        var sealedBytes = new byte[plaintext.Length + Sm4Gcm.TagSize];
        try
        {
            Sm4Gcm.Encrypt(contentKey, nonce, plaintext, Sm3.Hash(statement).Span, sealedBytes.AsSpan(0, plaintext.Length), sealedBytes.AsSpan(plaintext.Length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }

        reply.WrappedKey = ByteString.CopyFrom(Sm2Encryption.Encrypt(requester, contentKey));
        reply.Nonce = ByteString.CopyFrom(nonce);
        reply.Ciphertext = UnsafeByteOperations.UnsafeWrap(sealedBytes);
    }

    /// <summary>Opens what <see cref="Seal"/> made; false for another key, another request, or a changed envelope.</summary>
    public static bool TryOpen(Sm2PrivateKey requester, ReadOnlySpan<byte> statement, VaultReply reply, [NotNullWhen(true)] out ReleasedAttributes? attributes)
    {
        ArgumentNullException.ThrowIfNull(reply);
        attributes = null;
        var length = reply.Ciphertext.Length - Sm4Gcm.TagSize;
        if (length is < 0 or > MaxPlaintext || reply.Nonce.Length != Sm4Gcm.NonceSize) return false;
        if (!Sm2Encryption.TryDecrypt(requester, reply.WrappedKey.Span, out var contentKey)) return false;
        var plaintext = new byte[length];
        try
        {
            return contentKey.Length == Sm4Gcm.KeySize
                && Sm4Gcm.TryDecrypt(contentKey, reply.Nonce.Span, reply.Ciphertext.Span[..length], reply.Ciphertext.Span[length..], Sm3.Hash(statement).Span, plaintext)
                && CanonicalProto.TryParse(ReleasedAttributes.Parser, plaintext, MaxPlaintext, out attributes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contentKey);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>What both access logs record of an envelope: SM3 of wrapped key, nonce and ciphertext, one after the other.</summary>
    public static Hash256 Digest(VaultReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        var hasher = new Sm3Hasher();
        hasher.Append(reply.WrappedKey.Span);
        hasher.Append(reply.Nonce.Span);
        hasher.Append(reply.Ciphertext.Span);
        return hasher.Finish();
    }
}
