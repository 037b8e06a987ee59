using System.Net;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Configuration;

/// <summary>Adds a region to a network directory that runs already: its keys, certificate, node and Verifier, and the changes that governance has to adopt for it.</summary>
public static class NetworkExtension
{
    /// <summary>The file beside node.json with what to propose: JSON of ProposalDocument's title and changes.</summary>
    public const string AdmissionFile = "admission.json";

    /// <summary>Writes the region's folders and lists it in network.json. Throws <see cref="NetworkDirectoryException"/> when it is there already or its ports are taken.</summary>
    /// <param name="directory">The network.</param>
    /// <param name="region">The new region.</param>
    /// <param name="basePort">First of its ten ports; null: the first ten above the highest link that are free, in steps of ten.</param>
    /// <param name="now">The clock: keys and certificate last from here.</param>
    public static AddedRegion AddRegion(NetworkDirectory directory, PlannedRegion region, int? basePort, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(region);
        var folder = NetworkPaths.Node(directory.Root, region.Code);
        if (directory.Regions.Any(r => r.Code == region.Code) || Directory.Exists(folder)) throw new NetworkDirectoryException($"Region {region.Code} is part of the network in {directory.Root} already.");
        if (HostAddress.Problem(region.Host) is { } wrong) throw new NetworkDirectoryException(wrong);
        var ports = Ports(directory, region.Host, basePort);

        // 1. Keys and certificate.
        var plan = new NetworkPlan { Chain = directory.Chain, GenesisTime = now, Regions = [region], Members = [] };
        using var keys = new NetworkKeys(plan);
        keys.WriteKeystores(directory.Root);
        var certificate = LinkCertificateFile.Create(Path.Combine(folder, NetworkPaths.LinkCertificate), Path.Combine(folder, NetworkPaths.LinkKey), region.Bureau.Value, now);

        // 2. Configurations: it knows everybody; they learn of it from the chain.
        using var tokens = TokenAuthority.OpenOrCreate(directory.TokenKeyPath, TimeProvider.System);
        NetworkInit.WriteNode(directory.Root, region, ports, Peers(directory), tokens);
        var nodes = directory.Regions.Select(r => (r.Code, r.Bureau, r.Host, r.Ports)).Append((region.Code, region.Bureau, region.Host, Ports: ports));
        NetworkInit.WriteVerifier(directory.Root, region, ports, [.. nodes.Select(n => NetworkInit.NodeEntry(n.Code, n.Bureau, n.Host, n.Ports))], tokens);

        // 3. What to propose, and last the list that makes the region part of the directory.
        var changes = Changes(region, keys, ports, certificate);
        var admission = new ProposalDocument { Title = $"Admit {region.Name} with its node 接纳{region.Name}节点", Changes = { changes } };
        var admissionPath = Path.Combine(folder, AdmissionFile);
        File.WriteAllText(admissionPath, new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(admission));
        WriteNetworkFile(directory, region, ports);
        return new AddedRegion(NetworkDirectory.Open(directory.Root).Region(region.Code), keys.ConsensusKey(0), admissionPath);
    }

    private static RegionPorts Ports(NetworkDirectory directory, IPAddress host, int? basePort)
    {
        if (basePort is < 1 or > PortPlan.MaxBase) throw new NetworkDirectoryException($"The first port is {basePort}; it is 1 to {PortPlan.MaxBase}.");
        var taken = directory.Regions.SelectMany(r => Each(r.Ports)).ToHashSet();
        // Of another host's ports this one knows nothing.
        if (IPAddress.IsLoopback(host)) taken.UnionWith(PortPlan.Listening());
        if (basePort is { } first)
            return Clashes(first) is [var port, ..] ? throw new NetworkDirectoryException($"Port {port} is taken: name the first of ten free ones with --base-port.") : PortPlan.At(first);

        for (var next = directory.Regions.Max(r => r.Ports.Link) + PortPlan.PortsPerRegion; next <= PortPlan.MaxBase; next += PortPlan.PortsPerRegion)
            if (Clashes(next) is []) return PortPlan.At(next);
        throw new NetworkDirectoryException($"No ten ports are free above the network's, up to {PortPlan.MaxBase}: name the first of ten free ones with --base-port.");

        int[] Clashes(int start) => [.. Each(PortPlan.At(start)).Where(taken.Contains)];
    }

    private static int[] Each(RegionPorts ports) => [ports.Link, ports.Rest, ports.Grpc, ports.Verifier];

    private static List<NodeFile.PeerEntry> Peers(NetworkDirectory directory)
    {
        var peers = new List<NodeFile.PeerEntry>();
        foreach (var region in directory.Regions)
        {
            using var keys = KeystoreFile.Open(region.NodeKeystorePath, System.Text.Encoding.UTF8.GetBytes(directory.Passphrase));
            peers.Add(new NodeFile.PeerEntry(keys.Key(NetworkKeys.Consensus).PublicKey.Id.ToString(), region.Host.ToString(), region.Ports.Link, CertificateFingerprint.OfFile(region.NodeCertificatePath).ToString()));
        }

        return peers;
    }

    private static List<GovernanceChange> Changes(PlannedRegion region, NetworkKeys keys, RegionPorts ports, CertificateFingerprint certificate)
    {
        var member = new MemberRecord
        {
            Code = region.Bureau.Value, Name = region.BureauName, Region = region.Code.Value, Roles = { MemberRole.Validator, MemberRole.Verifier }, Status = StandingStatus.Active,
        };
        var node = new NodeRecord
        {
            KeyId = ByteString.CopyFrom(keys.ConsensusKey(0).Value.Span), Host = region.Host.ToString(), Port = (uint)ports.Link, CertificateSha256 = ByteString.CopyFrom(certificate.Value.Span),
        };
        return [new GovernanceChange { PutMember = member }, .. keys.Records.Select(k => new GovernanceChange { PutKey = k }), new GovernanceChange { PutNode = node }];
    }

    private static void WriteNetworkFile(NetworkDirectory directory, PlannedRegion region, RegionPorts ports)
    {
        var path = Path.Combine(directory.Root, NetworkPaths.Network);
        var before = JsonSerializer.Deserialize<NetworkFile>(File.ReadAllText(path), ConfigurationJson.Options)!;
        var after = before with
        {
            Regions = [.. before.Regions, new NetworkFile.RegionEntry(region.Code.Value, region.Name, region.Bureau.Value, ports.Link, ports.Rest, ports.Grpc, ports.Verifier) { Host = region.Host.ToString() }],
            Members = [.. before.Members, new NetworkFile.MemberEntry(region.Bureau.Value, region.BureauName, region.Code.Value, [nameof(MemberRole.Validator), nameof(MemberRole.Verifier)])],
        };
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(after, ConfigurationJson.Options));
    }
}
