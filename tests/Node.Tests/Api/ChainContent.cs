using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Node.Tests.Api;

/// <summary>
/// A licence type, a matter of Jiangsu, an agreement of Shanghai and Jiangsu in force, and ways to issue and to grant. The attribute values are
/// synthetic; they must never show in logs, errors or on disk in the clear.
/// </summary>
internal sealed class ChainContent
{
    public const string Type = "resident-id";
    public const string TypeCode = "11100000000013127D001";
    public const string Matter = "school-enrolment";
    public const string OtherMatter = "housing-fund";
    public const string Agreement = "yangtze-test";

    public static readonly IReadOnlyDictionary<string, string> Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["address"] = "上海市文化路459号",
        ["idNumber"] = "310101196608182095",
        ["name"] = "高娟然",
        ["sex"] = "女",
    };

    private static int _serial;

    private readonly RunningNetwork _network;
    private readonly IssuancePreparer _issuer;
    private readonly TransactionFactory _issuing;
    private readonly TransactionFactory _verifying;

    private ChainContent(RunningNetwork network)
    {
        _network = network;
        var issue = network.Officer(SamplePlan.ShanghaiAgency, "issue");
        _issuer = new IssuancePreparer(network.Directory.Chain, SamplePlan.ShanghaiAgency, issue);
        _issuing = network.Transactions(issue);
        _verifying = network.Transactions(network.Officer(Jiangsu, "verify"));
        Holder = Wallet.Create("holder");
    }

    /// <summary>The member that asks in the vault's tests.</summary>
    public OrganisationCode Jiangsu => _network.Directory.Region(SamplePlan.Jiangsu).Bureau;

    public Wallet Holder { get; }

    public TransactionFactory Issuing => _issuing;

    public TransactionFactory Verifying => _verifying;

    public static async Task<ChainContent> LoadAsync(RunningNetwork network)
    {
        var shanghai = network.Transactions(network.Officer(network.Directory.Region(SamplePlan.Shanghai).Bureau, "govern"));
        var jiangsu = network.Transactions(network.Officer(network.Directory.Region(SamplePlan.Jiangsu).Bureau, "govern"));
        var type = new LicenceTypeRecord
        {
            Code = Type, TypeCode = TypeCode, Name = "居民身份证", EnglishName = "resident identity card", Holder = HolderKind.Person, Department = "公安厅", Sensitivity = 3, Version = 1,
        };
        type.Attributes.AddRange(Attributes.Keys.Select(name => new AttributeDefinition { Name = name, Sensitivity = 2 }));
        await network.CommitAsync(shanghai.RegisterLicenceType(type, network.Soon));
        foreach (var code in new[] { Matter, OtherMatter })
        {
            var matter = new MatterRecord { Code = code, Name = "子女入学", Region = SamplePlan.Jiangsu.Value, Version = 1, Needs = { new MatterNeed { LicenceType = Type, Attributes = { "address", "idNumber", "name" } } } };
            await network.CommitAsync(jiangsu.RegisterMatter(matter, network.Soon));
        }

        var agreement = new AgreementDocument
        {
            Name = Agreement, Title = "互认协议(样例)", Regions = { SamplePlan.Shanghai.Value, SamplePlan.Jiangsu.Value }, LicenceTypes = { Type }, SinceMs = 1, Version = 1,
        };
        await network.CommitAsync(shanghai.ProposeAgreement(agreement, network.Soon));
        await network.CommitAsync(shanghai.AcceptAgreement(agreement, network.Soon));
        await network.CommitAsync(jiangsu.AcceptAgreement(agreement, network.Soon));
        return new ChainContent(network);
    }

    /// <summary>A licence that no other test has: prepared, not yet on the chain.</summary>
    public PreparedLicence Prepare()
    {
        var serial = "T" + Interlocked.Increment(ref _serial).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        var id = LicenceId.Mint(TypeCode, SamplePlan.ShanghaiAgency, serial, 1);
        return _issuer.Prepare(new LicenceApplication(id, Type, Holder.PublicKey, Attributes, new UnixTime(1), new UnixTime(0)));
    }

    /// <summary>A licence on the chain.</summary>
    public async Task<PreparedLicence> IssueAsync()
    {
        var licence = Prepare();
        await _network.CommitAsync(_issuing.Issue(licence.Argument, _network.Soon));
        return licence;
    }

    /// <summary>A grant of name and identity number of these licences to Jiangsu, on the chain.</summary>
    public async Task<GrantId> GrantAsync(uint uses, params PreparedLicence[] licences)
    {
        var terms = new GrantTerms(
            Jiangsu, [.. licences.Select(l => new GrantedLicence(l.Held.Licence, ["idNumber", "name"]))], Matter, "", new UnixTime(1), new UnixTime(4_000_000_000_000), uses);
        var grant = Holder.Grant(_network.Directory.Chain, terms);
        await _network.CommitAsync(_verifying.RegisterGrant(grant.Argument, _network.Soon));
        return grant.Id;
    }

    /// <summary>Consumes a use of a grant in Jiangsu's name.</summary>
    public Task<Height> ConsumeAsync(GrantId grant, Hash256 use, PreparedLicence licence) => _network.CommitAsync(_verifying.Consume(
        new ConsumeGrant
        {
            GrantId = Google.Protobuf.ByteString.CopyFrom(grant.Value.Span),
            UseId = Google.Protobuf.ByteString.CopyFrom(use.Span),
            LicenceId = licence.Argument.Id,
            Matter = Matter,
        },
        _network.Soon));
}
