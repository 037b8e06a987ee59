using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Keystore;

/// <summary>
/// The bytes of a keystore file: private keys under SM4-GCM with a key from PBKDF2-HMAC-SM3. Version 1 is a JSON object:
/// <c>format</c>, <c>version</c>, <c>kdf</c>, <c>iterations</c>, <c>salt</c>, <c>cipher</c>, <c>nonce</c>, <c>keys</c> (label and public key each),
/// <c>ciphertext</c> (the 32-byte keys in the order of <c>keys</c>) and <c>tag</c>; associated data is the same document with both last fields empty.
/// </summary>
public static class KeystoreCodec
{
    /// <summary>Length of a salt in bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>Length of a nonce in bytes.</summary>
    public const int NonceSize = Sm4Gcm.NonceSize;

    /// <summary>Iterations where nothing else is said: about 0.1 s on a server core.</summary>
    public const int DefaultIterations = 100_000;

    /// <summary>Most keys in a file.</summary>
    public const int MaxKeys = 256;

    /// <summary>Longest label in characters.</summary>
    public const int MaxLabelLength = 64;

    /// <summary>Largest file in bytes: 256 keys of about 300 bytes, with room.</summary>
    public const int MaxBytes = 128 * 1024;

    private const string FormatName = "licencechain-keystore";
    private const string KdfName = "PBKDF2-HMAC-SM3";
    private const string CipherName = "SM4-GCM";
    private const int FormatVersion = 1;

    private static readonly System.Buffers.SearchValues<char> LabelCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>
    /// Seals 1 to 256 keys. <paramref name="salt"/> (16 bytes) and <paramref name="nonce"/> (12 bytes) are fresh random
    /// bytes of the caller's; <paramref name="iterations"/> is 1 to 10,000,000. Throws <see cref="ArgumentException"/> outside of these bounds.
    /// </summary>
    public static byte[] Seal(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce, int iterations, IReadOnlyList<KeystoreEntry> entries)
    {
        if (salt.Length != SaltSize) throw new ArgumentException($"A salt has {SaltSize} bytes.", nameof(salt));
        if (nonce.Length != NonceSize) throw new ArgumentException($"A nonce has {NonceSize} bytes.", nameof(nonce));
        KeystoreDocument.Key[] keys = [.. entries.Select(e => new KeystoreDocument.Key(e.Label, Convert.ToHexStringLower(e.Key.PublicKey.Encoded)))];
        if (!AreKeys(keys)) throw new ArgumentException($"A keystore has 1 to {MaxKeys} keys with distinct labels of 1 to {MaxLabelLength} of A-Z, a-z, 0-9, '.', '_', '-' and '/'.", nameof(entries));
        var document = new KeystoreDocument(
            FormatName, FormatVersion, KdfName, iterations, Convert.ToHexStringLower(salt), CipherName, Convert.ToHexStringLower(nonce), keys, "", "");

        var secrets = new byte[entries.Count * Sm2PrivateKey.Size];
        var ciphertext = new byte[secrets.Length];
        var tag = new byte[Sm4Gcm.TagSize];
        Span<byte> key = stackalloc byte[Sm4Gcm.KeySize];
        try
        {
            for (var i = 0; i < entries.Count; i++) entries[i].Key.Export(secrets.AsSpan(i * Sm2PrivateKey.Size, Sm2PrivateKey.Size));
            Pbkdf2Sm3.Derive(passphrase, salt, iterations, key);
            Sm4Gcm.Encrypt(key, nonce, secrets, document.ToBytes(), ciphertext, tag);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
            CryptographicOperations.ZeroMemory(key);
        }
        return (document with { Ciphertext = Convert.ToHexStringLower(ciphertext), Tag = Convert.ToHexStringLower(tag) }).ToBytes();
    }

    /// <summary>Opens a file; false with the reason. The caller disposes the keys.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> passphrase, [NotNullWhen(true)] out IReadOnlyList<KeystoreEntry>? entries, out KeystoreFailure failure)
    {
        entries = null;
        failure = KeystoreFailure.Malformed;
        if (bytes.Length > MaxBytes || KeystoreDocument.Read(bytes) is not { } document) return false;
        if (document is not { Format: FormatName, Version: FormatVersion, Kdf: KdfName, Cipher: CipherName, Iterations: >= 1 and <= Pbkdf2Sm3.MaxIterations } || !AreKeys(document.Keys)) return false;
        var salt = new byte[SaltSize];
        var nonce = new byte[NonceSize];
        var tag = new byte[Sm4Gcm.TagSize];
        var ciphertext = new byte[document.Keys.Count * Sm2PrivateKey.Size];
        if (!TryReadHex(document.Salt, salt) || !TryReadHex(document.Nonce, nonce) || !TryReadHex(document.Tag, tag) || !TryReadHex(document.Ciphertext, ciphertext)) return false;

        var secrets = new byte[ciphertext.Length];
        Span<byte> key = stackalloc byte[Sm4Gcm.KeySize];
        try
        {
            Pbkdf2Sm3.Derive(passphrase, salt, document.Iterations, key);
            failure = KeystoreFailure.WrongPassphrase;
            if (!Sm4Gcm.TryDecrypt(key, nonce, ciphertext, tag, (document with { Ciphertext = "", Tag = "" }).ToBytes(), secrets)) return false;
            failure = KeystoreFailure.Malformed;
            if (!TryImport(document.Keys, secrets, out entries)) return false;
            failure = KeystoreFailure.Unspecified;
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static bool TryImport(IReadOnlyList<KeystoreDocument.Key> keys, ReadOnlySpan<byte> secrets, [NotNullWhen(true)] out IReadOnlyList<KeystoreEntry>? entries)
    {
        var read = new List<KeystoreEntry>(keys.Count);
        foreach (var (label, publicKey) in keys)
        {
            if (!Sm2PrivateKey.TryImport(secrets.Slice(read.Count * Sm2PrivateKey.Size, Sm2PrivateKey.Size), out var key)) break;
            read.Add(new KeystoreEntry(label, key));
            if (Convert.ToHexStringLower(key.PublicKey.Encoded) != publicKey) break;
            if (read.Count < keys.Count) continue;
            entries = read;
            return true;
        }
        foreach (var entry in read) entry.Key.Dispose();
        entries = null;
        return false;
    }

    private static bool AreKeys(IReadOnlyList<KeystoreDocument.Key> keys)
    {
        if (keys.Count is 0 or > MaxKeys) return false;
        var labels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (key?.Label is not { Length: >= 1 and <= MaxLabelLength } label || label.AsSpan().ContainsAnyExcept(LabelCharacters) || !labels.Add(label)) return false;
        }
        return true;
    }

    private static bool TryReadHex(string text, Span<byte> destination) =>
        text.Length == 2 * destination.Length && Convert.FromHexString(text, destination, out _, out var written) == System.Buffers.OperationStatus.Done
        && written == destination.Length && text == Convert.ToHexStringLower(destination);
}
