namespace LicenceChain.Node.Vault;

/// <summary>How a vault anchors its log. <see cref="Validate"/> runs at start.</summary>
public sealed record VaultOptions
{
    /// <summary>Entries after which the log's checkpoint goes on chain; 1 to 100,000. Default 256, one tile of the log.</summary>
    public int CheckpointEntries { get; init; } = 256;

    /// <summary>Longest time that an entry waits for a checkpoint on chain; 1 s to 1 day. Default 10 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its commit a use of a grant opens the vault, so that a lost answer can be asked for again; 10 s to 1 day. Default 5 minutes.</summary>
    public TimeSpan UseLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Name of the key within the keystore that signs checkpoints. Default <c>service</c>.</summary>
    public string ServiceKeyName { get; init; } = "service";

    /// <summary>Name of the key within the keystore that the master key is derived from. Default <c>vault</c>.</summary>
    public string MasterKeyName { get; init; } = "vault";

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting when one is out of its range.</summary>
    public void Validate()
    {
        if (CheckpointEntries is < 1 or > 100_000) throw new ArgumentException($"{nameof(CheckpointEntries)} is {CheckpointEntries}; it is 1 to 100,000.");
        if (CheckpointInterval < TimeSpan.FromSeconds(1) || CheckpointInterval > TimeSpan.FromDays(1))
            throw new ArgumentException($"{nameof(CheckpointInterval)} is {CheckpointInterval}; it is 1 s to 1 day.");
        if (UseLifetime < TimeSpan.FromSeconds(10) || UseLifetime > TimeSpan.FromDays(1)) throw new ArgumentException($"{nameof(UseLifetime)} is {UseLifetime}; it is 10 s to 1 day.");
        if (string.IsNullOrWhiteSpace(ServiceKeyName) || string.IsNullOrWhiteSpace(MasterKeyName))
            throw new ArgumentException($"{nameof(ServiceKeyName)} and {nameof(MasterKeyName)} name entries of the keystore.");
    }
}
