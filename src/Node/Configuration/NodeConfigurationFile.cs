using System.Net;
using System.Text.Json;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>Reads node.json.</summary>
public static class NodeConfigurationFile
{
    /// <summary>The configuration in <paramref name="path"/> with absolute paths; throws <see cref="NetworkDirectoryException"/> that names file and setting.</summary>
    public static NodeConfiguration Read(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var file = JsonSerializer.Deserialize<NodeFile>(File.ReadAllText(full), ConfigurationJson.Options) ?? throw new JsonException("The file is empty.");
            var configuration = From(file, Path.GetDirectoryName(full)!);
            configuration.Validate();
            return configuration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NetworkDirectoryException($"{full} cannot be read.", e);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new NetworkDirectoryException($"{full}: {e.Message}", e);
        }
    }

    private static NodeConfiguration From(NodeFile file, string folder)
    {
        var defaults = new VaultOptions();
        var snapshots = new SnapshotOptions();
        var configuration = new NodeConfiguration
        {
            DataDirectory = At(file.DataDirectory),
            GenesisPath = At(file.Genesis),
            KeystorePath = At(file.Keystore),
            PassphrasePath = At(file.PassphraseFile),
            LinkAddress = IPAddress.Parse(file.LinkAddress),
            LinkPort = file.LinkPort,
            LinkCertificatePath = At(file.LinkCertificate),
            LinkKeyPath = At(file.LinkKey),
            ApiAddress = IPAddress.Parse(file.ApiAddress),
            RestPort = file.RestPort,
            GrpcPort = file.GrpcPort,
            TokenPublicKeyPaths = [.. file.TokenPublicKeys.Select(At)],
            Peers = [.. file.Peers.Select(ToPeer)],
            Snapshots = snapshots with
            {
                Interval = file.SnapshotInterval ?? snapshots.Interval,
                Keep = file.SnapshotsKept ?? snapshots.Keep,
                JoinAbove = file.JoinAbove ?? snapshots.JoinAbove,
            },
            Archive = new ArchiveOptions { KeepBlocks = file.KeepBlocks ?? 0, Directory = file.ArchiveDirectory is { } archive ? At(archive) : null },
            Vault = defaults with
            {
                CheckpointEntries = file.CheckpointEntries ?? defaults.CheckpointEntries,
                CheckpointInterval = file.CheckpointSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.CheckpointInterval,
            },
        };
        return file.MinBlockIntervalMs is { } interval ? configuration with { MinBlockInterval = TimeSpan.FromMilliseconds(interval) } : configuration;

        string At(string relative) => Path.GetFullPath(relative, folder);
    }

    private static PeerConfiguration ToPeer(NodeFile.PeerEntry? entry)
    {
        // JSON may have a null where the type of a list says that there is none.
        if (entry is null) throw new FormatException("peers: an entry is null.");
        if (!Hash256.TryParse(entry.Key, out var key) || key.IsZero) throw new FormatException($"peers: '{entry.Key}' is no key id of 64 hexadecimal digits.");
        if (!CertificateFingerprint.TryParse(entry.CertificateFingerprint, out var fingerprint))
            throw new FormatException($"peers: '{entry.CertificateFingerprint}' is no fingerprint of 64 hexadecimal digits.");
        return new PeerConfiguration(new KeyId(key), entry.Host, entry.Port, fingerprint);
    }
}
