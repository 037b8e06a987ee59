using System.Security.Cryptography;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Keystore;

namespace LicenceChain.Hosting.Files;

/// <summary>An opened keystore: private keys by label, zeroed when disposed.</summary>
public sealed class KeystoreFile : IDisposable
{
    /// <summary>Longest passphrase file in bytes.</summary>
    public const int MaxPassphraseBytes = 1024;

    private readonly string _path;
    private readonly IReadOnlyList<KeystoreEntry> _entries;

    private KeystoreFile(string path, IReadOnlyList<KeystoreEntry> entries)
    {
        _path = path;
        _entries = entries;
    }

    /// <summary>The keys in the file's order; they live as long as this object.</summary>
    public IReadOnlyList<KeystoreEntry> Entries => _entries;

    /// <summary>Seals the keys under a fresh salt and nonce and replaces the file (mode 0600). 1 to 10,000,000 iterations.</summary>
    public static void Write(string path, ReadOnlySpan<byte> passphrase, IReadOnlyList<KeystoreEntry> entries, int iterations = KeystoreCodec.DefaultIterations)
    {
        Span<byte> salt = stackalloc byte[KeystoreCodec.SaltSize];
        Span<byte> nonce = stackalloc byte[KeystoreCodec.NonceSize];
        RandomNumberGenerator.Fill(salt);
        RandomNumberGenerator.Fill(nonce);
        SecretFile.Write(path, KeystoreCodec.Seal(passphrase, salt, nonce, iterations, entries));
    }

    /// <summary>Opens the file. Throws <see cref="SecretFileException"/>, which names the file and the remedy, when it cannot be used.</summary>
    public static KeystoreFile Open(string path, ReadOnlySpan<byte> passphrase)
    {
        var bytes = SecretFile.Read(path, KeystoreCodec.MaxBytes);
        if (KeystoreCodec.TryOpen(bytes, passphrase, out var entries, out var failure)) return new KeystoreFile(path, entries);
        throw new SecretFileException(failure == KeystoreFailure.WrongPassphrase
            ? $"The passphrase does not open {path}. Check the passphrase; if it is right, the file was changed: restore it from its copy."
            : $"{path} is not a keystore of this version. Check the path, or restore the file from its copy.");
    }

    /// <summary>As above with the passphrase from a file (mode 0600; a final line end is not part of it).</summary>
    public static KeystoreFile OpenWithPassphraseFile(string path, string passphrasePath)
    {
        var passphrase = SecretFile.Read(passphrasePath, MaxPassphraseBytes);
        try
        {
            return Open(path, passphrase.AsSpan().TrimEnd("\r\n"u8));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    /// <summary>The key with this label; throws <see cref="SecretFileException"/> when the file has none.</summary>
    public Sm2PrivateKey Key(string label) =>
        _entries.FirstOrDefault(entry => entry.Label == label)?.Key
        ?? throw new SecretFileException($"{_path} has no key labelled '{label}'; it has: {string.Join(", ", _entries.Select(entry => entry.Label))}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _entries) entry.Key.Dispose();
    }
}
