using System.Security.Cryptography;
using System.Text;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Keystore;

namespace LicenceChain.Cli.Keys;

/// <summary>Keystores on disk. What is wrong with one is said with its path and what to do, never with anything of a key.</summary>
internal static class KeystoreFile
{
    /// <summary>Opens a keystore; the caller disposes the keys.</summary>
    public static IReadOnlyList<KeystoreEntry> Open(string path, string passphrase)
    {
        var secret = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            if (KeystoreCodec.TryOpen(SecretFile.Read(path, KeystoreCodec.MaxBytes), secret, out var entries, out var failure)) return entries;
            throw CommandFailure.BadInput(failure == KeystoreFailure.WrongPassphrase
                ? $"'{path}' does not open with this passphrase, or it was changed."
                : $"'{path}' is no keystore of version 1, or it was changed by hand.");
        }
        catch (SecretFileException failure)
        {
            throw CommandFailure.BadInput(failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"'{path}' cannot be read: {failure.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Writes a keystore, mode 0600, whole or not at all.</summary>
    public static void Save(string path, string passphrase, IReadOnlyList<KeystoreEntry> entries)
    {
        var secret = Encoding.UTF8.GetBytes(passphrase);
        try
        {
            SecretFile.Write(path, KeystoreCodec.Seal(
                secret, RandomNumberGenerator.GetBytes(KeystoreCodec.SaltSize), RandomNumberGenerator.GetBytes(KeystoreCodec.NonceSize), KeystoreCodec.DefaultIterations, entries));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
