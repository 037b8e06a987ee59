using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Keys;

/// <summary>The officers' keys of a network directory, each keystore opened once. Safe for concurrent use.</summary>
internal sealed class Officers(NetworkDirectory directory) : IDisposable
{
    private readonly Dictionary<OrganisationCode, KeystoreFile> _opened = [];
    private readonly Lock _gate = new();

    /// <summary>The key of a member's officer, for example <see cref="OfficerRoles.Issue"/>.</summary>
    public Sm2PrivateKey Key(OrganisationCode member, string role)
    {
        lock (_gate)
        {
            if (!_opened.TryGetValue(member, out var keystore))
                _opened[member] = keystore = KeystoreFile.Open(directory.OfficerKeystorePath(member), System.Text.Encoding.UTF8.GetBytes(directory.Passphrase));
            return keystore.Key(role);
        }
    }

    public void Dispose()
    {
        foreach (var keystore in _opened.Values) keystore.Dispose();
    }
}
