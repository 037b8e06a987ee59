using System.Net;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Configuration;

/// <summary>Typed access to a network directory (docs/reference/configuration.md).</summary>
public sealed class NetworkDirectory
{
    private NetworkDirectory(string root, ChainId chain, TrustAnchor anchor, string passphrase, IReadOnlyList<NetworkRegion> regions, IReadOnlyList<NetworkMember> members)
    {
        (Root, Chain, Anchor, Passphrase, Regions, Members) = (root, chain, anchor, passphrase, regions, members);
    }

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>What a verifier of this network trusts to begin with.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>Opens every keystore of the directory.</summary>
    public string Passphrase { get; }

    /// <summary>In the order of their ports.</summary>
    public IReadOnlyList<NetworkRegion> Regions { get; }

    /// <summary>Members at genesis: the bureaus, the agencies, the auditor.</summary>
    public IReadOnlyList<NetworkMember> Members { get; }

    /// <summary>genesis.json.</summary>
    public string GenesisPath => Path.Combine(Root, NetworkPaths.Genesis);

    /// <summary>anchor.json.</summary>
    public string AnchorPath => Path.Combine(Root, NetworkPaths.Anchor);

    /// <summary>Keystore of the development token authority.</summary>
    public string TokenKeyPath => Path.Combine(Root, NetworkPaths.TokenKey);

    /// <summary>Where the command line keeps holders' wallets.</summary>
    public string WalletsPath => Path.Combine(Root, NetworkPaths.Wallets);

    /// <summary>True when <paramref name="path"/> holds a network.</summary>
    public static bool Exists(string path) => File.Exists(Path.Combine(path, NetworkPaths.Network));

    /// <summary>Reads a directory that <see cref="NetworkInit"/> wrote; throws <see cref="NetworkDirectoryException"/> when a file is missing or broken.</summary>
    public static NetworkDirectory Open(string path)
    {
        var root = Path.GetFullPath(path);
        var file = Read(root, NetworkPaths.Network, text => JsonSerializer.Deserialize<NetworkFile>(text, ConfigurationJson.Options))
            ?? throw Broken(root, NetworkPaths.Network, null);
        var anchor = Read(root, NetworkPaths.Anchor, text => TrustAnchor.TryFrom(JsonParser.Default.Parse<TrustAnchorMessage>(text), out var read) ? read : null)
            ?? throw Broken(root, NetworkPaths.Anchor, null);
        var passphrase = Read(root, NetworkPaths.Passphrase, text => text);
        return Read(root, NetworkPaths.Network, _ => new NetworkDirectory(
            root, ChainId.Parse(file.Chain), anchor, passphrase, [.. file.Regions.Select(r => ToRegion(root, Present(r)))], [.. file.Members.Select(m => ToMember(Present(m)))]));
    }

    /// <summary>The region with this code; throws when it is none of the network's.</summary>
    public NetworkRegion Region(RegionCode code) =>
        Regions.FirstOrDefault(r => r.Code == code) ?? throw new NetworkDirectoryException($"Region {code} is not part of the network in {Root}.");

    /// <summary>The keystore of a member's officers: entries named after the role in lower case, for example <c>issue</c>.</summary>
    public string OfficerKeystorePath(OrganisationCode member) => NetworkPaths.OfficerKeys(Root, member);

    private static T Read<T>(string root, string name, Func<string, T> parse)
    {
        try
        {
            return parse(File.ReadAllText(Path.Combine(root, name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NetworkDirectoryException($"{Path.Combine(root, name)} cannot be read: make a network with `licencechain network init`.", e);
        }
        catch (Exception e) when (e is JsonException or InvalidJsonException or InvalidProtocolBufferException or FormatException or OverflowException or ArgumentException)
        {
            throw Broken(root, name, e);
        }
    }

    private static NetworkDirectoryException Broken(string root, string name, Exception? cause)
    {
        var text = $"{Path.Combine(root, name)} is broken: restore it, or start over with `licencechain network init --fresh`.";
        return cause is null ? new NetworkDirectoryException(text) : new NetworkDirectoryException(text, cause);
    }

    private static T Present<T>(T? entry)
        where T : class => entry ?? throw new JsonException("An entry is null.");

    private static NetworkRegion ToRegion(string root, NetworkFile.RegionEntry entry)
    {
        var code = RegionCode.Parse(entry.Code);
        return new NetworkRegion(
            code,
            entry.Name,
            OrganisationCode.Parse(entry.Bureau),
            IPAddress.Parse(entry.Host),
            new RegionPorts(entry.LinkPort, entry.RestPort, entry.GrpcPort, entry.VerifierPort),
            Path.Combine(NetworkPaths.Node(root, code), NetworkPaths.NodeFile),
            Path.Combine(NetworkPaths.Verifier(root, code), NetworkPaths.VerifierFile));
    }

    private static NetworkMember ToMember(NetworkFile.MemberEntry entry) => new(
        OrganisationCode.Parse(entry.Code), entry.Name, RegionCode.Parse(entry.Region), [.. entry.Roles.Select(r => Enum.Parse<MemberRole>(r))]);
}
