using System.Text;
using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Keystore;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Configuration;

/// <summary>Every key pair of a new network, its keystore and its record on the chain.</summary>
internal sealed class NetworkKeys : IDisposable
{
    /// <summary>Entry of a node's keystore: votes.</summary>
    public const string Consensus = "consensus";

    /// <summary>Entry of a node's or a verifier's keystore: log checkpoints, vault requests.</summary>
    public const string Service = "service";

    /// <summary>Entry of a node's keystore that its vault's master key is derived from; never on the chain.</summary>
    public const string Vault = "vault";

    private static readonly KeyRole[] BureauOfficers = [KeyRole.Verify, KeyRole.Govern, KeyRole.Audit];
    private static readonly KeyRole[] IssuerOfficers = [KeyRole.Issue, KeyRole.Approve];
    private static readonly KeyRole[] AuditorOfficers = [KeyRole.Audit];

    private readonly NetworkPlan _plan;
    private readonly List<KeyRecord> _records = [];
    private readonly List<Store> _stores = [];
    private readonly List<Sm2PublicKey> _validators = [];
    private readonly ulong _expires;

    public NetworkKeys(NetworkPlan plan)
    {
        _plan = plan;
        _expires = (ulong)DateTimeOffset.FromUnixTimeMilliseconds((long)plan.GenesisTime.Milliseconds).AddYears(NetworkPlan.KeyYears).ToUnixTimeMilliseconds();
        foreach (var region in plan.Regions)
        {
            AddNode(region);
            Add(NewStore(root => Path.Combine(NetworkPaths.Verifier(root, region.Code), NetworkPaths.Keystore)), Service, region.Bureau, $"verifier-{region.Code}", KeyRole.Service, KeyRole.Verify);
            AddOfficers(region.Bureau, BureauOfficers);
        }

        foreach (var member in plan.Members) AddOfficers(member.Code, member.Role == MemberRole.Issuer ? IssuerOfficers : AuditorOfficers);
    }

    /// <summary>The seats in region order: a region's index is its validator's.</summary>
    public ValidatorSet Validators => ValidatorSet.Of([.. _plan.Regions.Select((r, i) => new Validator(r.Bureau, _validators[i]))]);

    /// <summary>One record for each key that stands on the chain.</summary>
    public IReadOnlyList<KeyRecord> Records => _records;

    /// <summary>The consensus key of the region at <paramref name="index"/>.</summary>
    public KeyId ConsensusKey(int index) => _validators[index].Id;

    /// <summary>Writes every keystore under <paramref name="root"/>, making the folders.</summary>
    public void WriteKeystores(string root)
    {
        var passphrase = Encoding.UTF8.GetBytes(NetworkPlan.DevelopmentPassphrase);
        foreach (var store in _stores)
        {
            var path = store.PathUnder(root);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            KeystoreFile.Write(path, passphrase, [.. store.Keys.Select(k => new KeystoreEntry(k.Key, k.Value))], NetworkPlan.DevelopmentIterations);
        }
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        foreach (var key in _stores.SelectMany(s => s.Keys.Values)) key.Dispose();
    }

    private void AddNode(PlannedRegion region)
    {
        var store = NewStore(root => Path.Combine(NetworkPaths.Node(root, region.Code), NetworkPaths.Keystore));
        _validators.Add(Add(store, Consensus, region.Bureau, $"node-{region.Code}", KeyRole.Consensus));
        Add(store, Service, region.Bureau, $"node-{region.Code}-service", KeyRole.Service);
        store.Keys.Add(Vault, Sm2PrivateKey.Generate());
    }

    private void AddOfficers(OrganisationCode member, KeyRole[] roles)
    {
        var store = NewStore(root => NetworkPaths.OfficerKeys(root, member));
        foreach (var role in roles)
        {
#pragma warning disable CA1308 // The entry's name in the keystore, not a comparison: it is lower case by definition.
            var name = role.ToString().ToLowerInvariant();
#pragma warning restore CA1308
            Add(store, name, member, $"{name}-001", role);
        }
    }

    private Store NewStore(Func<string, string> pathUnder)
    {
        var store = new Store(pathUnder);
        _stores.Add(store);
        return store;
    }

    private Sm2PublicKey Add(Store store, string name, OrganisationCode member, string holder, params ReadOnlySpan<KeyRole> roles)
    {
        var key = Sm2PrivateKey.Generate();
        store.Keys.Add(name, key);
        var record = new KeyRecord
        {
            PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded),
            Member = member.Value,
            Holder = holder,
            Status = StandingStatus.Active,
            ExpiresMs = _expires,
        };
        foreach (var role in roles) record.Roles.Add(role);
        _records.Add(record);
        return key.PublicKey;
    }

    private sealed record Store(Func<string, string> PathUnder)
    {
        public SortedDictionary<string, Sm2PrivateKey> Keys { get; } = new(StringComparer.Ordinal);
    }
}
