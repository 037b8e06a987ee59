using System.Net;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Samples;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Up;

/// <summary>The network that a samples folder describes: a bureau for each region of its agreement, its agencies, and one auditor.</summary>
internal static class SampleNetwork
{
    private const string AuditorNumber = "MB1LC0002";
    private const string AuditorName = "电子证照互认审计中心";

    private const int PortsPerRegion = 10;

    // Link, REST, gRPC, Verifier: as PortPlan lays them out.
    private static readonly int[] PortOffsets = [0, 1, 2, 5];

    private static readonly ChainId Chain = ChainId.Parse("licencechain-dev");

    /// <summary>Writes the directory; what <paramref name="options"/> names is empty, or a network of ours that is to be replaced.</summary>
    public static NetworkDirectory Create(SampleSet samples, UpOptions options) => Create(samples, options, new Dictionary<RegionCode, IPAddress>());

    /// <summary>As above; regions in <paramref name="hosts"/> have a host of their own, the others this one.</summary>
    public static NetworkDirectory Create(SampleSet samples, UpOptions options, IReadOnlyDictionary<RegionCode, IPAddress> hosts)
    {
        foreach (var region in hosts.Keys)
            if (!samples.Agreement.Regions.Contains(region))
                throw CommandFailure.BadInput($"--host names region {region}, which the samples' agreement does not: it is one of {string.Join(", ", samples.Agreement.Regions)}.");
        return NetworkInit.Create(Plan(samples, options, hosts), options.Directory, replace: options.Fresh);
    }

    /// <summary>Opens a directory and checks that it is a network of these samples.</summary>
    public static NetworkDirectory Open(string path, SampleSet samples)
    {
        var directory = OpenNetwork.At(path);
        var members = directory.Members.Select(member => member.Code).ToHashSet();
        var missing = samples.Agencies.FirstOrDefault(agency => samples.Agreement.Regions.Contains(agency.Region) && !members.Contains(agency.Code));
        if (!directory.Regions.Select(region => region.Code).SequenceEqual(samples.Agreement.Regions) || missing is not null)
            throw CommandFailure.BadInput($"'{path}' holds a network of other samples{(missing is null ? "" : $" (no member {missing.Code})")}. Start over with --fresh, or choose another folder with --dir.");
        return directory;
    }

    /// <summary>Refuses a directory whose network is at work; one that cannot even be read is not.</summary>
    public static void FailIfRunning(string path)
    {
        try
        {
            PortCheck.AllFree(PortsOf(NetworkDirectory.Open(path)));
        }
        catch (NetworkDirectoryException)
        {
            // Damaged, and to be replaced.
        }
    }

    /// <summary>Every port that a new network of these samples will listen on.</summary>
    public static IEnumerable<int> PortsOf(SampleSet samples, int basePort) => Enumerable.Range(0, samples.Agreement.Regions.Count)
        .SelectMany(i => PortOffsets.Select(offset => basePort + (PortsPerRegion * i) + offset));

    /// <summary>Every port that an existing network listens on.</summary>
    public static IEnumerable<int> PortsOf(NetworkDirectory directory) =>
        directory.Regions.SelectMany(region => new[] { region.Ports.Link, region.Ports.Rest, region.Ports.Grpc, region.Ports.Verifier });

    private static NetworkPlan Plan(SampleSet samples, UpOptions options, IReadOnlyDictionary<RegionCode, IPAddress> hosts)
    {
        var regions = samples.Agreement.Regions;
        var agencies = samples.Agencies.Where(agency => regions.Contains(agency.Region))
            .Select(agency => new PlannedMember(agency.Code, agency.Name, agency.Region, MemberRole.Issuer));
        var auditor = new PlannedMember(OrganisationCode.Mint($"11{regions[0]}{AuditorNumber}"), AuditorName, regions[0], MemberRole.Auditor);
        return new NetworkPlan
        {
            Chain = Chain,
            GenesisTime = new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()),
            Regions = [.. regions.Select(code => new PlannedRegion(code, samples.Regions[code].Name) { Host = hosts.GetValueOrDefault(code, IPAddress.Loopback) })],
            Members = [.. agencies, auditor],
            Ports = PortPlan.From(options.BasePort),
            ProtocolVersion = options.ProtocolVersion,
        };
    }
}
