namespace LicenceChain.Node.Configuration;

/// <summary>node.json (docs/reference/configuration.md). Paths are relative to the file's own directory.</summary>
internal sealed record NodeFile(
    string DataDirectory,
    string Genesis,
    string Keystore,
    string PassphraseFile,
    string LinkAddress,
    int LinkPort,
    string LinkCertificate,
    string LinkKey,
    string ApiAddress,
    int RestPort,
    int GrpcPort,
    IReadOnlyList<string> TokenPublicKeys,
    IReadOnlyList<NodeFile.PeerEntry> Peers)
{
    /// <summary>Null: the default.</summary>
    public int? MinBlockIntervalMs { get; init; }

    /// <summary>Null: the default.</summary>
    public int? CheckpointEntries { get; init; }

    /// <summary>Null: the default.</summary>
    public int? CheckpointSeconds { get; init; }

    /// <summary>Null: the default.</summary>
    public uint? SnapshotInterval { get; init; }

    /// <summary>Null: the default.</summary>
    public int? SnapshotsKept { get; init; }

    /// <summary>Null: the default.</summary>
    public uint? JoinAbove { get; init; }

    /// <summary>Null: all.</summary>
    public uint? KeepBlocks { get; init; }

    /// <summary>Where older blocks go.</summary>
    public string? ArchiveDirectory { get; init; }

    public sealed record PeerEntry(string Key, string Host, int Port, string CertificateFingerprint);
}
