using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Keystore;

namespace LicenceChain.Cli.Keys;

/// <summary>The officers' keys of a network directory, each keystore opened once. Safe for concurrent use.</summary>
internal sealed class Officers(NetworkDirectory directory) : IDisposable
{
    private readonly Dictionary<OrganisationCode, IReadOnlyList<KeystoreEntry>> _opened = [];
    private readonly Lock _gate = new();

    /// <summary>The key of a member's officer, for example <see cref="OfficerRoles.Issue"/>.</summary>
    public Sm2PrivateKey Key(OrganisationCode member, string role)
    {
        lock (_gate)
        {
            if (!_opened.TryGetValue(member, out var entries))
                _opened[member] = entries = KeystoreFile.Open(directory.OfficerKeystorePath(member), directory.Passphrase);
            return entries.FirstOrDefault(entry => entry.Label == role)?.Key
                ?? throw CommandFailure.BadInput($"'{directory.OfficerKeystorePath(member)}' holds no key '{role}'.");
        }
    }

    public void Dispose()
    {
        foreach (var entry in _opened.Values.SelectMany(entries => entries)) entry.Key.Dispose();
    }
}
