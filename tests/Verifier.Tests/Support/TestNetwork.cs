using System.Globalization;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Tests.Support;

/// <summary>Four real validators with their vaults on free loopback ports, the registries filled. Shared by the tests of the collection.</summary>
public sealed class TestNetwork : IAsyncLifetime
{
    public const string Agreement = "yangtze-delta-2025";

    public static readonly RegionCode Shanghai = RegionCode.Parse("310000");
    public static readonly RegionCode Jiangsu = RegionCode.Parse("320000");
    public static readonly RegionCode Zhejiang = RegionCode.Parse("330000");
    public static readonly OrganisationCode Police = Code(Shanghai, 1);
    public static readonly OrganisationCode Auditor = Code(Shanghai, 2);

    private static readonly (RegionCode Code, string Name)[] Regions = [(Shanghai, "上海市"), (Jiangsu, "江苏省"), (Zhejiang, "浙江省"), (RegionCode.Parse("340000"), "安徽省")];

    private readonly string _root = Directory.CreateTempSubdirectory("lc-verifier-").FullName;
    private readonly List<NodeApplication> _nodes = [];
    private readonly List<KeystoreFile> _keystores = [];
    private readonly List<LicenceChainClient> _clients = [];
    private IReadOnlyList<LicenceChainClient> _everyNode = [];
    private readonly LoggerFactory _logging = new();
    private TokenAuthority? _tokens;
    private int _serial;

    public NetworkDirectory Network { get; private set; } = null!;

    /// <summary>The node of Shanghai, with every right.</summary>
    public LicenceChainClient Node { get; private set; } = null!;

    public ChainId Chain => Network.Chain;

    /// <summary>The office whose Verifier runs all the time.</summary>
    public TestOffice Office { get; private set; } = null!;

    /// <summary>The office whose Verifier each test starts and stops as it likes.</summary>
    public TestOffice OtherOffice { get; private set; } = null!;

    /// <summary>An office for a test that spoils its log.</summary>
    public TestOffice ThirdOffice { get; private set; } = null!;

    /// <summary>The Verifier of <see cref="Office"/>.</summary>
    public RunningVerifier Verifier { get; private set; } = null!;

    public static string TypeCode => Police.Value + "L02";

    public async Task InitializeAsync()
    {
        _logging.AddProvider(NodeLog);
        Network = NetworkInit.Create(
            new NetworkPlan
            {
                Chain = ChainId.Parse("verifier-tests"),
                GenesisTime = Now,
                Regions = [.. Regions.Select(r => new PlannedRegion(r.Code, r.Name))],
                Members = [new PlannedMember(Police, "上海市公安局", Shanghai, MemberRole.Issuer), new PlannedMember(Auditor, "审计", Shanghai, MemberRole.Auditor)],
                Ports = PortPlan.Free(Regions.Length),
            },
            Path.Combine(_root, "network"));
        _tokens = TokenAuthority.OpenOrCreate(Network.TokenKeyPath, TimeProvider.System);
        _nodes.AddRange(await Task.WhenAll(Network.Regions.Select(r => NodeApplication.StartAsync(Hasty(r), TimeProvider.System, _logging, default))));
        Node = Client(Shanghai);
        _everyNode = [.. Network.Regions.Select(r => Client(r.Code))];
        Office = new TestOffice(Network.Region(Zhejiang), "school-enrolment");
        OtherOffice = new TestOffice(Network.Region(Jiangsu), "company-registration");
        ThirdOffice = new TestOffice(Network.Regions[3], Office.Matter);
        await FillRegistriesAsync();
        Verifier = await RunningVerifier.StartAsync(this, Configuration(Office));
    }

    public async Task DisposeAsync()
    {
        await Verifier.DisposeAsync();
        foreach (var client in _clients) client.Dispose();
        foreach (var node in _nodes) await node.DisposeAsync();
        foreach (var keys in _keystores) keys.Dispose();
        _tokens?.Dispose();
        _logging.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    public static UnixTime Now => new((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Every line that the nodes logged.</summary>
    public LogLines NodeLog { get; } = new();

    public string Token(OrganisationCode member, params string[] roles) => TokenOf("officer-1", member, roles);

    public string TokenOf(string subject, OrganisationCode member, params string[] roles) => _tokens!.Issue(new TokenClaims(subject, member.Value, roles), TimeSpan.FromHours(1));

    public LicenceChainClient Client(RegionCode region)
    {
        var token = Token(Police, TokenRoles.Issuer, TokenRoles.Verifier, TokenRoles.Governor, TokenRoles.Service, TokenRoles.Auditor);
        var client = new LicenceChainClient(Network.Region(region).NodeRest, new LicenceChainClientOptions { Token = token });
        _clients.Add(client);
        return client;
    }

    /// <summary>The configuration of an office's Verifier.</summary>
    public static VerifierConfiguration Configuration(TestOffice office) =>
        VerifierConfigurationFile.Read(office.Region.VerifierConfigurationPath) with { Listen = Hosting.Listening.ListenAddress.Loopback(0) };

    public TransactionFactory Factory(OrganisationCode member, string role) => new(Chain, Officer(member, role));

    public Sm2PrivateKey Officer(OrganisationCode member, string role)
    {
        var keys = KeystoreFile.Open(Network.OfficerKeystorePath(member), System.Text.Encoding.UTF8.GetBytes(Network.Passphrase));
        _keystores.Add(keys);
        return keys.Key(role);
    }

    /// <summary>Commits a transaction and returns once every node knows: each test decides by what stands on chain, not by who is quicker.</summary>
    public async Task MustAsync(Func<Height, SignedTransaction> sign)
    {
        var height = (await Node.SubmitAsync(sign(await Node.GetValidUntilAsync()))).OrThrow().Height!.Value;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        foreach (var node in _everyNode)
            while ((await node.GetStatusAsync(limit.Token)).Height < height.Value)
                limit.Token.ThrowIfCancellationRequested();
    }

    /// <summary>A licence that the police of Shanghai issued to a fresh holder, its data in Shanghai's vault.</summary>
    public async Task<TestLicence> IssueAsync(string type = "resident-id")
    {
        var serial = Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture);
        var licence = new TestLicence(this, LicenceId.Mint(TypeCode, Police, serial, 1), type, Officer(Police, "issue"));
        await Node.DepositAsync(new VaultDeposits { Deposits = { licence.Prepared.Deposit } });
        await MustAsync(until => Factory(Police, "issue").Issue(licence.Prepared.Argument, until));
        return licence;
    }

    private static OrganisationCode Code(RegionCode region, int number) => OrganisationCode.Mint($"11{region}{number.ToString("D9", CultureInfo.InvariantCulture)}");

    private async Task FillRegistriesAsync()
    {
        var govern = Network.Regions.Select(r => Factory(r.Bureau, "govern")).ToList();
        string[] types = ["marriage-certificate", "resident-id"];
        await Task.WhenAll(types.Select((type, i) => MustAsync(until => govern[0].RegisterLicenceType(Type(type, Police.Value + $"L0{i + 1}"), until))));
        var document = new AgreementDocument { Name = Agreement, Title = "互认协议", Regions = { Regions.Select(r => r.Code.Value) }, LicenceTypes = { "resident-id" }, SinceMs = 1, Version = 1 };
        await Task.WhenAll(MustAsync(until => govern[1].RegisterMatter(Matter(OtherOffice), until)), MustAsync(until => govern[2].RegisterMatter(Matter(Office), until)), MustAsync(until => govern[0].ProposeAgreement(document, until)));
        await Task.WhenAll(govern.Select(g => MustAsync(until => g.AcceptAgreement(document, until))));
    }

    // Blocks as soon as there is something to decide, checkpoints as soon as there is something to anchor.
    private static NodeConfiguration Hasty(NetworkRegion region)
    {
        var configuration = NodeConfigurationFile.Read(region.NodeConfigurationPath);
        return configuration with { MinBlockInterval = TimeSpan.FromMilliseconds(20), Vault = configuration.Vault with { CheckpointEntries = 1 } };
    }

    private static MatterRecord Matter(TestOffice office) => new()
    {
        Code = office.Matter,
        Name = office.Matter,
        Region = office.Region.Code.Value,
        Version = 1,
        Needs =
        {
            new MatterNeed { LicenceType = "marriage-certificate", Attributes = { "name" } },
            new MatterNeed { LicenceType = "resident-id", Attributes = { "address", "name" } },
        },
    };

    private static LicenceTypeRecord Type(string code, string typeCode) => new()
    {
        Code = code,
        TypeCode = typeCode,
        Name = code,
        EnglishName = code,
        Holder = HolderKind.Person,
        Department = "公安厅",
        Sensitivity = 4,
        Version = 1,
        Attributes = { new[] { "name", "idNumber", "address" }.Select(a => new AttributeDefinition { Name = a, Sensitivity = 4 }) },
    };
}
