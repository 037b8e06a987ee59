using System.Net;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Vault;

namespace LicenceChain.Node.Configuration;

/// <summary>Everything a node is told when it starts. Paths are absolute or relative to the working directory. <see cref="Validate"/> runs at start.</summary>
public sealed record NodeConfiguration
{
    /// <summary>Folder of blocks, state and vote log; made when it is missing. One node at a time may use it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>genesis.json: GenesisMessage as Protobuf JSON. Its binary encoding's SM3 names the chain.</summary>
    public required string GenesisPath { get; init; }

    /// <summary>Keystore with the consensus key, and the service key with which the node and its vault sign transactions.</summary>
    public required string KeystorePath { get; init; }

    /// <summary>File whose first line is the keystore's passphrase.</summary>
    public required string PassphrasePath { get; init; }

    /// <summary>Name of the consensus key within the keystore. Default <c>consensus</c>.</summary>
    public string ConsensusKeyName { get; init; } = "consensus";

    /// <summary>Address of the link port. Default loopback.</summary>
    public IPAddress LinkAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Link port, 1 to 65535; 0 lets the system choose (tests).</summary>
    public required int LinkPort { get; init; }

    /// <summary>PEM file of this node's self-signed link certificate.</summary>
    public required string LinkCertificatePath { get; init; }

    /// <summary>PEM file of that certificate's private key; mode 0600.</summary>
    public required string LinkKeyPath { get; init; }

    /// <summary>The other nodes; at most <see cref="MaxPeers"/>, each key once.</summary>
    public IReadOnlyList<PeerConfiguration> Peers { get; init; } = [];

    /// <summary>Address of the REST and gRPC ports. Default loopback.</summary>
    public IPAddress ApiAddress { get; init; } = IPAddress.Loopback;

    /// <summary>REST port (HTTP/1.1); 0 lets the system choose.</summary>
    public int RestPort { get; init; }

    /// <summary>gRPC port (cleartext HTTP/2); 0 lets the system choose.</summary>
    public int GrpcPort { get; init; }

    /// <summary>PEM files with the P-256 public keys whose bearer tokens the API accepts; 1 to 16 for a node with an API.</summary>
    public IReadOnlyList<string> TokenPublicKeyPaths { get; init; } = [];

    /// <summary>Which blocks stay here, and where the older ones go.</summary>
    public ArchiveOptions Archive { get; init; } = new();

    /// <summary>The vault.</summary>
    public VaultOptions Vault { get; init; } = new();

    /// <summary>Snapshots: when they are made, and when this node begins from one.</summary>
    public SnapshotOptions Snapshots { get; init; } = new();

    /// <summary>
    /// Least time between two blocks under load, 0 to 5 s. Default 200 ms: at 1,500 transactions a second a block then amortises its flushes
    /// and votes over 300. An idle chain proposes at once.
    /// </summary>
    public TimeSpan MinBlockInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Most peers: a set has at most 100 validators; the rest are observers.</summary>
    public const int MaxPeers = 200;

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting when one is out of its range.</summary>
    public void Validate()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(DataDirectory), DataDirectory), (nameof(GenesisPath), GenesisPath), (nameof(KeystorePath), KeystorePath),
            (nameof(PassphrasePath), PassphrasePath), (nameof(LinkCertificatePath), LinkCertificatePath), (nameof(LinkKeyPath), LinkKeyPath),
        })
        {
            if (string.IsNullOrWhiteSpace(value)) throw new ArgumentException($"{name} is empty.");
        }

        foreach (var (name, port) in new[] { (nameof(LinkPort), LinkPort), (nameof(RestPort), RestPort), (nameof(GrpcPort), GrpcPort) })
            if (port is < 0 or > IPEndPoint.MaxPort)
                throw new ArgumentException($"{name} is {port}; a port is 0 to {IPEndPoint.MaxPort}.");
        if (MinBlockInterval < TimeSpan.Zero || MinBlockInterval > TimeSpan.FromSeconds(5))
            throw new ArgumentException($"{nameof(MinBlockInterval)} is {MinBlockInterval}; it is 0 to 5 s.");
        Snapshots.Validate();
        Archive.Validate();
        if (Peers.Count > MaxPeers) throw new ArgumentException($"{nameof(Peers)} has {Peers.Count} entries; at most {MaxPeers}.");
        if (Peers.DistinctBy(p => p.Key).Count() != Peers.Count || Peers.DistinctBy(p => p.CertificateFingerprint).Count() != Peers.Count)
            throw new ArgumentException($"{nameof(Peers)} names a key or a certificate twice.");
    }
}
