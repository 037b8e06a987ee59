using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Join;

/// <summary>A development network of four in a temporary folder, and licences that one agency of it issues.</summary>
internal sealed class LicenceNetwork : IDisposable
{
    private const ulong ValidityHeights = 500;
    private static readonly string[] Regions = ["310000", "320000", "330000", "340000"];

    private readonly string _folder = Directory.CreateTempSubdirectory("licencechain-join-").FullName;
    private readonly OrganisationCode _agency = OrganisationCode.Mint("11310000AG0000001");
    private readonly List<KeystoreFile> _stores = [];
    private readonly LicenceTypeRecord _type;
    private readonly Sm2PrivateKey _issuer;
    private readonly Sm2PrivateKey _governor;

    public LicenceNetwork()
    {
        Network = NetworkInit.Create(
            new NetworkPlan
            {
                Chain = ChainId.Parse("join-benchmark"),
                GenesisTime = new UnixTime((ulong)TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds()),
                Regions = [.. Regions.Select(code => new PlannedRegion(RegionCode.Parse(code), "region " + code))],
                Members = [new PlannedMember(_agency, "agency", RegionCode.Parse(Regions[0]), MemberRole.Issuer)],
                Ports = PortPlan.Free(Regions.Length),
            },
            Path.Combine(_folder, "network"));
        Configurations = [.. Network.Regions.Select(r => NodeConfigurationFile.Read(r.NodeConfigurationPath))];
        Consensus = [.. Configurations.Select(c => Open(c.KeystorePath).Key(c.ConsensusKeyName))];
        _issuer = Open(Network.OfficerKeystorePath(_agency)).Key("issue");
        _governor = Open(Network.OfficerKeystorePath(Network.Regions[0].Bureau)).Key("govern");
        _type = new LicenceTypeRecord
        {
            Code = "join-licence",
            TypeCode = Network.Regions[0].Bureau.Value + "L01",
            Name = "证照",
            EnglishName = "licence",
            Holder = HolderKind.Person,
            Department = "join",
            Sensitivity = 1,
            Version = 1,
            Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 1 } },
        };
    }

    public NetworkDirectory Network { get; }

    /// <summary>Of each node.</summary>
    public IReadOnlyList<NodeConfiguration> Configurations { get; }

    /// <summary>Consensus keys in the order of the validator set.</summary>
    public IReadOnlyList<Sm2PrivateKey> Consensus { get; }

    /// <summary>Brings the type of the licences onto the chain.</summary>
    public SignedTransaction RegisterType(Height next) => Sign("catalogue", "register", new RegisterLicenceType { Type = _type }, _governor, next);

    /// <summary>Issues one licence.</summary>
    public SignedTransaction Issue(int serial, Height next) => Sign("licences", "issue", Licence(serial), _issuer, next);

    /// <summary>Issues several under one signature, 1 to 500.</summary>
    public SignedTransaction IssueBatch(int first, int count, Height next) =>
        Sign("licences", "issueBatch", new IssueLicences { Licences = { Enumerable.Range(first, count).Select(Licence) } }, _issuer, next);

    private IssueLicence Licence(int serial) => new()
    {
        Id = LicenceId.Mint(_type.TypeCode, _agency, "J" + serial.ToString("D9", System.Globalization.CultureInfo.InvariantCulture), 1).Value,
        Type = _type.Code,
        HolderTag = Random32(),
        Commitment = Random32(),
        CredentialHash = Random32(),
        ValidFromMs = 1,
    };

    /// <summary>Makes a node's data directory what another's is.</summary>
    public void CopyData(int from, int to)
    {
        Clear(to);
        foreach (var path in Directory.GetFiles(Configurations[from].DataDirectory, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path).StartsWith("votes.", StringComparison.Ordinal)) continue; // a vote log is nobody else's
            var target = Path.Combine(Configurations[to].DataDirectory, Path.GetRelativePath(Configurations[from].DataDirectory, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        VoteStanding.MarkNew(Configurations[to].DataDirectory); // its key has never voted
    }

    /// <summary>Empties a node's data directory.</summary>
    public void Clear(int node) => Directory.Delete(Configurations[node].DataDirectory, recursive: true);

    public void Dispose()
    {
        foreach (var store in _stores) store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SignedTransaction Sign(string contract, string method, IMessage arguments, Sm2PrivateKey key, Height next)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        RandomNumberGenerator.Fill(unique);
        return TransactionBuilder.Sign(Network.Chain, contract, method, arguments, key, new Height(next.Value + ValidityHeights), unique);
    }

    private KeystoreFile Open(string path)
    {
        var store = KeystoreFile.Open(path, System.Text.Encoding.UTF8.GetBytes(Network.Passphrase));
        _stores.Add(store);
        return store;
    }

    private static ByteString Random32() => UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(Hash256.Size));
}
