using System.Net;
using System.Text;
using System.Text.Json;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Configuration;

public sealed class NetworkInitTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _parent = Directory.CreateTempSubdirectory("lc-init-").FullName;

    private string Target => Path.Combine(_parent, "network");

    [Fact]
    public void Directory_opens_as_it_was_planned()
    {
        var created = NetworkInit.Create(SamplePlan.Four(), Target);
        var opened = NetworkDirectory.Open(Target);

        Assert.Equal("test-chain", opened.Chain.Value);
        Assert.Equal(created.Regions, opened.Regions);
        Assert.Equal(["310000", "320000", "330000", "340000"], opened.Regions.Select(r => r.Code.Value));
        Assert.Equal(7, opened.Members.Count);
        Assert.Equal([MemberRole.Validator, MemberRole.Verifier], opened.Members[0].Roles);
        Assert.Equal(NetworkPlan.DevelopmentPassphrase, opened.Passphrase);
    }

    [Fact]
    public void Anchor_is_the_genesis_of_the_same_directory()
    {
        var network = NetworkInit.Create(SamplePlan.Four(), Target);
        var genesis = GenesisFile.Read(network.GenesisPath);

        Assert.Equal(genesis.GenesisHash, network.Anchor.GenesisHash);
        Assert.Equal(genesis.Validators.Hash, network.Anchor.Validators.Hash);
        Assert.Equal(0ul, network.Anchor.Height.Value);
    }

    [Fact]
    public void Secrets_are_readable_by_their_owner_only()
    {
        NetworkInit.Create(SamplePlan.Four(), Target);
        var secrets = Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is "keys.json" or "link.key" or "passphrase" or "tokens.key" || f.Contains("officers", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(4 + 4 + 4 + 2 + 7, secrets.Count);
        foreach (var file in secrets)
            if (!OperatingSystem.IsWindows())
                Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Every_officer_key_stands_on_the_chain_with_its_role()
    {
        var network = NetworkInit.Create(SamplePlan.Four(), Target);
        var keys = GenesisFile.Read(network.GenesisPath).Writes.Where(w => w.Key.Span.StartsWith("k/"u8)).Select(w => KeyRecord.Parser.ParseFrom(w.Value!.Value.Span)).ToList();

        foreach (var member in network.Members)
        {
            using var store = KeystoreFile.Open(network.OfficerKeystorePath(member.Code), Encoding.UTF8.GetBytes(network.Passphrase));
            foreach (var entry in store.Entries)
            {
                var record = Assert.Single(keys, k => k.PublicKey.Span.SequenceEqual(entry.Key.PublicKey.Encoded));
                Assert.Equal(member.Code.Value, record.Member);
                Assert.Equal(entry.Label, Assert.Single(record.Roles).ToString(), ignoreCase: true);
            }
        }
    }

    [Fact]
    public void Node_configuration_names_the_three_other_nodes()
    {
        var network = NetworkInit.Create(SamplePlan.Four(), Target);
        var configurations = network.Regions.Select(r => NodeConfigurationFile.Read(r.NodeConfigurationPath)).ToList();

        for (var i = 0; i < configurations.Count; i++)
        {
            Assert.Equal(network.Regions[i].Ports.Link, configurations[i].LinkPort);
            var others = network.Regions.Where((_, index) => index != i).Select(r => r.Ports.Link);
            Assert.Equal(others, configurations[i].Peers.Select(p => p.Port));
            Assert.True(File.Exists(Assert.Single(configurations[i].TokenPublicKeyPaths)));
            Assert.Equal(TimeSpan.FromSeconds(2), configurations[i].Vault.CheckpointInterval);
        }
    }

    [Fact]
    public void Each_region_listens_on_its_own_host_and_is_found_there_by_all_others()
    {
        var plan = SamplePlan.Four();
        IPAddress[] hosts = [IPAddress.Parse("10.1.0.31"), IPAddress.Parse("10.1.0.32"), IPAddress.Parse("fd00::33"), IPAddress.Loopback];
        NetworkInit.Create(plan with { Regions = [.. plan.Regions.Select((r, i) => r with { Host = hosts[i] })] }, Target);
        var network = NetworkDirectory.Open(Target);

        Assert.Equal(hosts, network.Regions.Select(r => r.Host));
        Assert.Equal($"http://[fd00::33]:{network.Regions[2].Ports.Rest}/", network.Regions[2].NodeRest.AbsoluteUri);
        for (var i = 0; i < hosts.Length; i++)
        {
            var node = NodeConfigurationFile.Read(network.Regions[i].NodeConfigurationPath);
            Assert.Equal((hosts[i], hosts[i]), (node.LinkAddress, node.ApiAddress));
            Assert.Equal(hosts.Where((_, other) => other != i).Select(h => h.ToString()), node.Peers.Select(p => p.Host));
            using var verifier = JsonDocument.Parse(File.ReadAllBytes(network.Regions[i].VerifierConfigurationPath));
            Assert.Equal(hosts[i].ToString(), verifier.RootElement.GetProperty("listenAddress").GetString());
            Assert.Equal(network.Regions.Select(r => r.NodeRest.AbsoluteUri), verifier.RootElement.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("rest").GetString()));
        }
    }

    [Fact]
    public void Region_that_is_added_listens_on_its_host_and_finds_the_others_on_theirs()
    {
        var plan = SamplePlan.Four();
        var network = NetworkInit.Create(plan with { Regions = [.. plan.Regions.Select((r, i) => r with { Host = IPAddress.Parse($"10.1.0.{31 + i}") })] }, Target);
        var added = NetworkExtension.AddRegion(network, new PlannedRegion(RegionCode.Parse("350000"), "福建省") { Host = IPAddress.Parse("10.1.0.35") }, basePort: null, plan.GenesisTime);
        var node = NodeConfigurationFile.Read(added.Region.NodeConfigurationPath);

        Assert.Equal("10.1.0.35", node.LinkAddress.ToString());
        Assert.Equal(["10.1.0.31", "10.1.0.32", "10.1.0.33", "10.1.0.34"], node.Peers.Select(p => p.Host));
        Assert.Contains("\"10.1.0.35\"", File.ReadAllText(added.AdmissionPath), StringComparison.Ordinal);
        Assert.Equal(added.Region, NetworkDirectory.Open(Target).Region(RegionCode.Parse("350000")));
    }

    [Fact]
    public void Region_that_is_added_takes_the_next_ten_ports_when_another_region_has_one_of_the_first()
    {
        var network = NetworkInit.Create(SamplePlan.Four() with { Ports = PortPlan.From(7100) }, Target);
        var path = Path.Combine(Target, "network.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("7102", "7141", StringComparison.Ordinal)); // the first region's gRPC, where the new one's REST would be
        var crowded = NetworkDirectory.Open(Target);
        var region = new PlannedRegion(RegionCode.Parse("350000"), "福建省") { Host = IPAddress.Parse("10.1.0.35") };

        var refused = Assert.Throws<NetworkDirectoryException>(() => NetworkExtension.AddRegion(crowded, region, basePort: 7140, SamplePlan.Four().GenesisTime));
        Assert.Contains("7141", refused.Message, StringComparison.Ordinal);
        var added = NetworkExtension.AddRegion(crowded, region, basePort: null, SamplePlan.Four().GenesisTime);
        Assert.Equal(new RegionPorts(7150, 7151, 7152, 7155), added.Region.Ports);
        Assert.Equal(7130, network.Regions.Max(r => r.Ports.Link));
    }

    [Fact]
    public void Directory_from_before_regions_had_hosts_is_on_loopback()
    {
        NetworkInit.Create(SamplePlan.Four(), Target);
        var path = Path.Combine(Target, "network.json");
        var without = string.Join('\n', File.ReadAllLines(path).Where(line => !line.Contains("\"host\"", StringComparison.Ordinal)));
        File.WriteAllText(path, System.Text.RegularExpressions.Regex.Replace(without, @",\s*\}", "}"));

        Assert.All(NetworkDirectory.Open(Target).Regions, region => Assert.Equal(IPAddress.Loopback, region.Host));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1")]
    public void Address_that_is_not_one_hosts_is_refused_and_leaves_nothing(string address)
    {
        var plan = SamplePlan.Four();
        var refused = Assert.Throws<NetworkDirectoryException>(() => NetworkInit.Create(plan with { Regions = [plan.Regions[0] with { Host = IPAddress.Parse(address) }, .. plan.Regions.Skip(1)] }, Target));
        Assert.Contains(address, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent));
    }

    [Theory]
    [InlineData("10.1.0.31", true)]
    [InlineData("fd00::31", true)]
    [InlineData("[fd00::31]", false)]
    [InlineData("fd00::31%2", false)]
    [InlineData("10.1", false)]
    [InlineData("010.1.0.31", false)]
    [InlineData("node.example", false)]
    [InlineData("10.1.0.31:7100", false)]
    [InlineData("0.0.0.0", false)]
    public void Host_is_one_whole_address(string text, bool isOne) => Assert.Equal(isOne, HostAddress.TryParse(text, out _));

    [Fact]
    public void Verifier_file_has_the_form_that_is_documented()
    {
        var network = NetworkInit.Create(SamplePlan.Four(), Target);
        using var file = JsonDocument.Parse(File.ReadAllBytes(network.Regions[1].VerifierConfigurationPath));
        var root = file.RootElement;

        Assert.Equal("320000", root.GetProperty("region").GetString());
        Assert.Equal(network.Regions[1].Bureau.Value, root.GetProperty("organisation").GetString());
        Assert.Equal(network.Regions[1].Ports.Verifier, root.GetProperty("restPort").GetInt32());
        Assert.Equal(4, root.GetProperty("nodes").GetArrayLength());
        foreach (var name in new[] { "anchor", "keystore", "passphraseFile", "nodeTokenKey" })
            Assert.True(File.Exists(Path.GetFullPath(root.GetProperty(name).GetString()!, Path.GetDirectoryName(network.Regions[1].VerifierConfigurationPath)!)), name);
    }

    [Fact]
    public void Network_that_stands_is_kept_unless_it_is_to_be_replaced()
    {
        var first = NetworkInit.Create(SamplePlan.Four(), Target);
        var refused = Assert.Throws<NetworkDirectoryException>(() => NetworkInit.Create(SamplePlan.Four(), Target));
        Assert.Contains("--fresh", refused.Message, StringComparison.Ordinal);

        var second = NetworkInit.Create(SamplePlan.Four(), Target, replace: true);
        Assert.NotEqual(first.Anchor.GenesisHash, second.Anchor.GenesisHash);
    }

    [Fact]
    public void Directory_with_something_else_in_it_is_never_touched()
    {
        Directory.CreateDirectory(Target);
        var precious = Path.Combine(Target, "precious.txt");
        File.WriteAllText(precious, "x");

        Assert.Throws<NetworkDirectoryException>(() => NetworkInit.Create(SamplePlan.Four(), Target, replace: true));
        Assert.True(File.Exists(precious));
    }

    [Fact]
    public void Plan_of_three_regions_is_refused_and_leaves_nothing()
    {
        var plan = SamplePlan.Four();
        Assert.Throws<NetworkDirectoryException>(() => NetworkInit.Create(plan with { Regions = [.. plan.Regions.Take(3)] }, Target));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent));
    }

    [Fact]
    public void Member_that_stands_twice_is_refused()
    {
        var plan = SamplePlan.Four();
        Assert.Throws<NetworkDirectoryException>(() => NetworkInit.Create(plan with { Members = [.. plan.Members, plan.Members[0]] }, Target));
    }

    [Fact]
    public void Broken_file_is_named()
    {
        NetworkInit.Create(SamplePlan.Four(), Target);
        File.WriteAllText(Path.Combine(Target, "anchor.json"), "{");
        var broken = Assert.Throws<NetworkDirectoryException>(() => NetworkDirectory.Open(Target));
        Assert.Contains("anchor.json", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Node_file_with_an_unknown_setting_is_refused()
    {
        var network = NetworkInit.Create(SamplePlan.Four(), Target);
        var path = network.Regions[0].NodeConfigurationPath;
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"restPort\"", "\"resPort\"", StringComparison.Ordinal));
        var refused = Assert.Throws<NetworkDirectoryException>(() => NodeConfigurationFile.Read(path));
        Assert.Contains("node.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bureau_code_is_one_of_its_region() => Assert.All(SamplePlan.Four().Regions, r => Assert.Equal(r.Code.Value, OrganisationCode.Parse(r.Bureau.Value).Region));

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
