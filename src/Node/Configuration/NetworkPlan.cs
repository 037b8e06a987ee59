using LicenceChain.Contracts;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>What a new network consists of, before any key was made.</summary>
public sealed record NetworkPlan
{
    /// <summary>Opens every keystore of a development network. Public, and says itself what it is for.</summary>
    public const string DevelopmentPassphrase = "development-only-licencechain";

    /// <summary>PBKDF2 iterations for <see cref="DevelopmentPassphrase"/>: it is public, so more would only slow each start.</summary>
    public const int DevelopmentIterations = 1_000;

    /// <summary>Years that keys and link certificates last.</summary>
    public const int KeyYears = 5;

    /// <summary>Names the chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Block time of genesis; not later than the clock of whoever starts the network.</summary>
    public required UnixTime GenesisTime { get; init; }

    /// <summary>4 to 100 regions: each runs a validator.</summary>
    public required IReadOnlyList<PlannedRegion> Regions { get; init; }

    /// <summary>Members beside the bureaus.</summary>
    public required IReadOnlyList<PlannedMember> Members { get; init; }

    /// <summary>Ports; by default ten a region from 7100.</summary>
    public PortPlan Ports { get; init; } = PortPlan.From(PortPlan.DefaultBase);

    /// <summary>Version of the protocol in force from height 1 on; by default the latest that this program knows.</summary>
    public uint ProtocolVersion { get; init; } = ProtocolVersions.Supported.Highest;

    /// <summary>Consensus parameters.</summary>
    public ChainParameters Parameters { get; init; } = ChainParameters.Default;
}
