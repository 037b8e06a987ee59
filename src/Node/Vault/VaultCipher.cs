using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Enciphers licence data at rest: an SM4 key for each licence, itself enciphered under the vault's master key. Shredding a data key destroys the data.
/// Both ciphertexts are bound to the licence and its credential, so that no row passes for another.
/// </summary>
internal sealed class VaultCipher : IDisposable
{
    private const int Overhead = Sm4Gcm.NonceSize + Sm4Gcm.TagSize;

    private readonly byte[] _master = GC.AllocateUninitializedArray<byte>(Sm4Gcm.KeySize, pinned: true);

    /// <summary>Derives the master key from <paramref name="key"/> of the keystore.</summary>
    public VaultCipher(Sm2PrivateKey key)
    {
        Span<byte> secret = stackalloc byte[Sm2PrivateKey.Size];
        key.Export(secret);
        var mac = HmacSm3.Compute(secret, "LC1/vault-master"u8);
        mac.Span[..Sm4Gcm.KeySize].CopyTo(_master);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>Enciphers under a new data key.</summary>
    public VaultRow Seal(LicenceId licence, Hash256 credential, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> dataKey = stackalloc byte[Sm4Gcm.KeySize];
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            var label = Label(licence, credential);
            return new VaultRow(licence, credential, Encrypt(_master, label, dataKey), Encrypt(dataKey, label, plaintext));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>Deciphers; false when the row was changed or belongs to another vault. The caller zeroes the plaintext.</summary>
    public bool TryOpen(VaultRow row, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        var label = Label(row.Licence, row.Credential);
        if (!TryDecrypt(_master, label, row.WrappedKey.Span, out var dataKey)) return false;
        try
        {
            return dataKey.Length == Sm4Gcm.KeySize && TryDecrypt(dataKey, label, row.Ciphertext.Span, out plaintext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_master);

    private static byte[] Label(LicenceId licence, Hash256 credential) => [.. Encoding.UTF8.GetBytes(licence.Value), 0, .. credential.Span];

    private static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> plaintext)
    {
        var output = new byte[plaintext.Length + Overhead];
        var nonce = output.AsSpan(0, Sm4Gcm.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Sm4Gcm.Encrypt(key, nonce, plaintext, label, output.AsSpan(Sm4Gcm.NonceSize, plaintext.Length), output.AsSpan(Sm4Gcm.NonceSize + plaintext.Length));
        return output;
    }

    private static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> input, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (input.Length < Overhead) return false;
        var output = new byte[input.Length - Overhead];
        if (!Sm4Gcm.TryDecrypt(key, input[..Sm4Gcm.NonceSize], input[Sm4Gcm.NonceSize..^Sm4Gcm.TagSize], input[^Sm4Gcm.TagSize..], label, output)) return false;
        plaintext = output;
        return true;
    }
}
