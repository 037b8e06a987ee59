using LicenceChain.Hosting.Listening;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Verifier.Configuration;

/// <summary>How one Verifier runs (docs/reference/configuration.md). Paths are absolute. Checked at start by <see cref="Validate"/>.</summary>
public sealed record VerifierConfiguration
{
    /// <summary>Most nodes: one for each province.</summary>
    public const int MaxNodes = 34;

    /// <summary>The member that it speaks for.</summary>
    public required OrganisationCode Organisation { get; init; }

    /// <summary>Its region; the node of the same region is asked first.</summary>
    public required RegionCode Region { get; init; }

    /// <summary>File with the trust anchor, Protobuf JSON.</summary>
    public required string AnchorPath { get; init; }

    /// <summary>The keystore, mode 0600.</summary>
    public required string KeystorePath { get; init; }

    /// <summary>File with its passphrase, mode 0600.</summary>
    public required string PassphrasePath { get; init; }

    /// <summary>Label of the key that signs vault requests, consumes grants and anchors the log; on chain with roles SERVICE and VERIFY.</summary>
    public string ServiceKeyName { get; init; } = "service";

    /// <summary>Folder of the access log.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where it serves.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>PEM files of the authorities whose tokens it accepts, 1 to 16.</summary>
    public required IReadOnlyList<string> TokenPublicKeyPaths { get; init; }

    /// <summary>PEM file (0600) of the authority with which it issues its own tokens for the nodes.</summary>
    public required string NodeTokenKeyPath { get; init; }

    /// <summary>The nodes, at most one for each region, one of them of its own region.</summary>
    public required IReadOnlyList<VerifierNode> Nodes { get; init; }

    /// <summary>Oldest block time that a decision is taken on; 10 s to 1 day. Default 3 minutes: three heartbeats of the chain.</summary>
    public TimeSpan MaxProofAge { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Entries after which the log's checkpoint goes on chain; 1 to 100,000. Default 256, one tile of the log.</summary>
    public int CheckpointEntries { get; init; } = 256;

    /// <summary>Longest time that an entry waits for a checkpoint on chain; 1 s to 1 day. Default 10 s.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Verifications at once; 1 to 4096. Default 512.</summary>
    public int MaxVerifications { get; init; } = 512;

    /// <summary>Throws <see cref="VerifierConfigurationException"/> that names the setting when one is out of its range.</summary>
    public void Validate()
    {
        Require(Nodes.Count is > 0 and <= MaxNodes && Nodes.Select(n => n.Region).Distinct().Count() == Nodes.Count, $"nodes are 1 to {MaxNodes}, one for each region.");
        Require(Nodes.Any(n => n.Region == Region), $"nodes has none of region {Region}, this Verifier's own.");
        Require(Nodes.All(n => n.Rest.IsAbsoluteUri && n.Rest.AbsolutePath == "/"), "a node's rest address is http://host:port/.");
        Require(TokenPublicKeyPaths.Count is > 0 and <= 16, "tokenPublicKeys are 1 to 16 files.");
        Require(MaxProofAge >= TimeSpan.FromSeconds(10) && MaxProofAge <= TimeSpan.FromDays(1), "maxProofAgeSeconds is 10 to 86400.");
        Require(CheckpointEntries is >= 1 and <= 100_000, "checkpointEntries is 1 to 100000.");
        Require(CheckpointInterval >= TimeSpan.FromSeconds(1) && CheckpointInterval <= TimeSpan.FromDays(1), "checkpointSeconds is 1 to 86400.");
        Require(MaxVerifications is >= 1 and <= 4096, "maxVerifications is 1 to 4096.");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new VerifierConfigurationException(what);
    }
}
