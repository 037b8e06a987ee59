using LicenceChain.Protocol.Keystore;

namespace LicenceChain.Cli.Keys;

/// <summary>A keystore's keys for as long as a command needs them; zeroed afterwards.</summary>
internal sealed class OpenedKeystore : IDisposable
{
    private OpenedKeystore(IReadOnlyList<KeystoreEntry> entries) => Entries = entries;

    public IReadOnlyList<KeystoreEntry> Entries { get; }

    public static OpenedKeystore Open(string path, string passphrase) => new(KeystoreFile.Open(path, passphrase));

    public void Dispose()
    {
        foreach (var entry in Entries) entry.Key.Dispose();
    }
}
