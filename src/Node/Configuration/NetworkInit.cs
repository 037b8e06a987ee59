using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>Makes a network directory (docs/reference/configuration.md): genesis, keys, certificates, tokens, one configuration for each process.</summary>
public static class NetworkInit
{
    // Whoever tries the network out looks at audit trails at once: they should not wait for the default of a busy vault.
    private const int DevelopmentCheckpointSeconds = 2;

    private const int MinRegions = ValidatorSet.MinCount;

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>
    /// Writes everything beside <paramref name="directory"/> and moves it there when it is whole. Throws <see cref="NetworkDirectoryException"/> for a plan
    /// that cannot be, and for a directory that is not empty: with <paramref name="replace"/> a former network in it is deleted, but never anything else.
    /// </summary>
    public static NetworkDirectory Create(NetworkPlan plan, string directory, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(plan);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        CheckTarget(target, replace);

        var building = $"{target}.new-{Environment.ProcessId}";
        if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
        try
        {
            Write(plan, building);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(building, target);
        }
        finally
        {
            if (Directory.Exists(building)) Directory.Delete(building, recursive: true);
        }

        return NetworkDirectory.Open(target);
    }

    private static void Check(NetworkPlan plan)
    {
        if (plan.Regions.Count < MinRegions) throw new NetworkDirectoryException($"A network has at least {MinRegions} regions, this plan has {plan.Regions.Count} (C-QUORUM).");
        var codes = plan.Regions.Select(r => r.Bureau).Concat(plan.Members.Select(m => m.Code)).ToList();
        if (codes.Count != codes.Distinct().Count()) throw new NetworkDirectoryException("The plan names a region or a member twice.");
        if (plan.Regions.Select(r => HostAddress.Problem(r.Host)).FirstOrDefault(problem => problem is not null) is { } wrong) throw new NetworkDirectoryException(wrong);
        if (!ProtocolVersions.Supported.Includes(plan.ProtocolVersion)) throw new NetworkDirectoryException($"The plan begins under protocol version {plan.ProtocolVersion}; this program supports {ProtocolVersions.Supported}.");
        var odd = plan.Members.FirstOrDefault(m => m.Role is not (MemberRole.Issuer or MemberRole.Auditor));
        if (odd is not null) throw new NetworkDirectoryException($"Member {odd.Code}: the role is issuer or auditor; the bureaus are validators and verifiers.");
    }

    private static void CheckTarget(string target, bool replace)
    {
        if (File.Exists(target)) throw new NetworkDirectoryException($"{target} is a file: name a directory.");
        if (!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any()) return;
        if (!NetworkDirectory.Exists(target)) throw new NetworkDirectoryException($"{target} holds something that is no network: name an empty directory.");
        if (!replace) throw new NetworkDirectoryException($"{target} holds a network already: use it, or start over with --fresh.");
    }

    private static void Write(NetworkPlan plan, string root)
    {
        Directory.CreateDirectory(root);
        SecretFile.Write(Path.Combine(root, NetworkPaths.Passphrase), Encoding.UTF8.GetBytes(NetworkPlan.DevelopmentPassphrase));
        Directory.CreateDirectory(Path.Combine(root, NetworkPaths.Wallets));
        var ports = plan.Ports.For(plan.Regions.Count);
        using var tokens = TokenAuthority.OpenOrCreate(Path.Combine(root, NetworkPaths.TokenKey), TimeProvider.System);
        using var keys = new NetworkKeys(plan);
        keys.WriteKeystores(root);
        WriteGenesis(plan, keys, root);
        WriteNodes(plan, keys, ports, tokens, root);
        WriteVerifiers(plan, ports, tokens, root);
        WriteNetworkFile(plan, ports, root);
    }

    private static void WriteGenesis(NetworkPlan plan, NetworkKeys keys, string root)
    {
        var message = new GenesisMessage
        {
            ChainId = plan.Chain.Value,
            TimeMs = plan.GenesisTime.Milliseconds,
            Parameters = plan.Parameters.ToRecord(),
            ProtocolVersion = plan.ProtocolVersion > ProtocolVersions.First ? plan.ProtocolVersion : 0, // what a version-1 program reads
            Validators = keys.Validators.ToMessage(),
        };
        message.Members.AddRange(Members(plan).Select(ToRecord));
        message.Keys.AddRange(keys.Records);
        if (!GenesisExecutor.TryApply(message, out var outcome, out var error)) throw new NetworkDirectoryException($"The plan makes no genesis: {error}.");
        var anchor = new TrustAnchor(outcome.Chain, outcome.GenesisHash, new Height(0), outcome.Validators);
        File.WriteAllText(Path.Combine(root, NetworkPaths.Genesis), Json.Format(message));
        File.WriteAllText(Path.Combine(root, NetworkPaths.Anchor), Json.Format(anchor.ToMessage()));
    }

    private static void WriteNodes(NetworkPlan plan, NetworkKeys keys, IReadOnlyList<RegionPorts> ports, TokenAuthority tokens, string root)
    {
        var peers = new List<NodeFile.PeerEntry>();
        for (var i = 0; i < plan.Regions.Count; i++)
        {
            var folder = NetworkPaths.Node(root, plan.Regions[i].Code);
            var fingerprint = LinkCertificateFile.Create(
                Path.Combine(folder, NetworkPaths.LinkCertificate), Path.Combine(folder, NetworkPaths.LinkKey), plan.Regions[i].Bureau.Value, plan.GenesisTime);
            peers.Add(new NodeFile.PeerEntry(keys.ConsensusKey(i).ToString(), plan.Regions[i].Host.ToString(), ports[i].Link, fingerprint.ToString()));
        }

        for (var i = 0; i < plan.Regions.Count; i++) WriteNode(root, plan.Regions[i], ports[i], [.. peers.Where((_, index) => index != i)], tokens);
    }

    /// <summary>One node's configuration; its keys and certificate are there.</summary>
    internal static void WriteNode(string root, PlannedRegion region, RegionPorts ports, IReadOnlyList<NodeFile.PeerEntry> peers, TokenAuthority tokens)
    {
        var folder = NetworkPaths.Node(root, region.Code);
        var file = new NodeFile(
            NetworkPaths.Data, Up(NetworkPaths.Genesis), NetworkPaths.Keystore, Up(NetworkPaths.Passphrase),
            region.Host.ToString(), ports.Link, NetworkPaths.LinkCertificate, NetworkPaths.LinkKey,
            region.Host.ToString(), ports.Rest, ports.Grpc, [NetworkPaths.TokenPublicKeys], peers) { CheckpointSeconds = DevelopmentCheckpointSeconds };
        WriteJson(Path.Combine(folder, NetworkPaths.NodeFile), file);
        File.WriteAllText(Path.Combine(folder, NetworkPaths.TokenPublicKeys), tokens.PublicKeyPem);
        VoteStanding.MarkNew(Path.Combine(folder, NetworkPaths.Data));
    }

    private static void WriteVerifiers(NetworkPlan plan, IReadOnlyList<RegionPorts> ports, TokenAuthority tokens, string root)
    {
        var nodes = plan.Regions.Select((r, i) => NodeEntry(r.Code, r.Bureau, r.Host, ports[i])).ToList();
        for (var i = 0; i < plan.Regions.Count; i++) WriteVerifier(root, plan.Regions[i], ports[i], nodes, tokens);
    }

    /// <summary>A node as Verifiers find it.</summary>
    internal static VerifierFile.NodeEntry NodeEntry(RegionCode region, OrganisationCode bureau, IPAddress host, RegionPorts ports) =>
        new(region.Value, bureau.Value, new UriBuilder("http", host.ToString(), ports.Rest).Uri, new UriBuilder("http", host.ToString(), ports.Grpc).Uri);

    /// <summary>One Verifier's configuration; its keys are there.</summary>
    internal static void WriteVerifier(string root, PlannedRegion region, RegionPorts ports, IReadOnlyList<VerifierFile.NodeEntry> nodes, TokenAuthority tokens)
    {
        var folder = NetworkPaths.Verifier(root, region.Code);
        var file = new VerifierFile(
            region.Bureau.Value, region.Code.Value, Up(NetworkPaths.Anchor), NetworkPaths.Keystore, Up(NetworkPaths.Passphrase), NetworkKeys.Service,
            NetworkPaths.Data, region.Host.ToString(), ports.Verifier, [NetworkPaths.TokenPublicKeys], Up(NetworkPaths.TokenKey), nodes);
        WriteJson(Path.Combine(folder, NetworkPaths.VerifierFile), file);
        File.WriteAllText(Path.Combine(folder, NetworkPaths.TokenPublicKeys), tokens.PublicKeyPem);
    }

    private static void WriteNetworkFile(NetworkPlan plan, IReadOnlyList<RegionPorts> ports, string root)
    {
        var regions = plan.Regions.Select((r, i) => new NetworkFile.RegionEntry(
            r.Code.Value, r.Name, r.Bureau.Value, ports[i].Link, ports[i].Rest, ports[i].Grpc, ports[i].Verifier) { Host = r.Host.ToString() });
        var members = Members(plan).Select(m => new NetworkFile.MemberEntry(m.Code.Value, m.Name, m.Region.Value, [.. m.Roles.Select(r => r.ToString())]));
        WriteJson(Path.Combine(root, NetworkPaths.Network), new NetworkFile(plan.Chain.Value, [.. regions], [.. members]));
    }

    private static IEnumerable<NetworkMember> Members(NetworkPlan plan) =>
        plan.Regions.Select(r => new NetworkMember(r.Bureau, r.BureauName, r.Code, [MemberRole.Validator, MemberRole.Verifier]))
            .Concat(plan.Members.Select(m => new NetworkMember(m.Code, m.Name, m.Region, [m.Role])));

    private static MemberRecord ToRecord(NetworkMember member)
    {
        var record = new MemberRecord { Code = member.Code.Value, Name = member.Name, Region = member.Region.Value, Status = StandingStatus.Active };
        record.Roles.AddRange(member.Roles);
        return record;
    }

    private static string Up(string name) => $"../../{name}";

    private static void WriteJson<T>(string path, T file) => File.WriteAllText(path, JsonSerializer.Serialize(file, ConfigurationJson.Options));
}
