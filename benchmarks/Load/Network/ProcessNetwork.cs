using System.Net;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Load.Network;

/// <summary>A network of validator processes over real sockets and durable files in a temporary folder, which goes with it.</summary>
internal sealed class ProcessNetwork : IDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);
    private static readonly string[] RegionCodes = ["310000", "320000", "330000", "340000", "110000", "120000", "130000", "140000", "150000", "210000"];

    private readonly string _folder;
    private readonly TokenAuthority _tokens;

    private ProcessNetwork(string folder, NetworkDirectory directory, IReadOnlyList<OrganisationCode> agencies)
    {
        _folder = folder;
        Directory = directory;
        Agencies = agencies;
        _tokens = TokenAuthority.OpenOrCreate(directory.TokenKeyPath, TimeProvider.System);
        Validators = [.. directory.Regions.Select(r => new ValidatorProcess(r.NodeConfigurationPath, Path.Combine(folder, r.Code.Value + ".log")))];
    }

    public NetworkDirectory Directory { get; private set; }

    /// <summary>Issuing members, each with its own officers' keys.</summary>
    public IReadOnlyList<OrganisationCode> Agencies { get; }

    /// <summary>In the order of the directory's regions.</summary>
    public IReadOnlyList<ValidatorProcess> Validators { get; }

    /// <summary>Makes a network of 4 to 10 validators and <paramref name="agencies"/> issuers, and starts it.</summary>
    public static ProcessNetwork Start(int validators, int agencies)
    {
        var network = Create(validators, agencies);
        foreach (var validator in network.Validators) validator.Start();
        return network;
    }

    /// <summary>Makes it without starting any: its files may still be changed. It begins under <paramref name="version"/>, by default the latest.</summary>
    public static ProcessNetwork Create(int validators, int agencies, uint? version = null) => Create(validators, agencies, _ => IPAddress.Loopback, version);

    /// <summary>As above, each validator on the host at the address that <paramref name="hostOf"/> gives.</summary>
    public static ProcessNetwork Create(int validators, int agencies, Func<int, IPAddress> hostOf, uint? version = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("licencechain-").FullName;
        var members = Enumerable.Range(0, agencies)
            .Select(i => new PlannedMember(OrganisationCode.Mint($"11{RegionCodes[i % validators]}AG{i:D7}"), $"agency {i}", RegionCode.Parse(RegionCodes[i % validators]), MemberRole.Issuer))
            .ToList();
        var plan = new NetworkPlan
        {
            Chain = ChainId.Parse("process-network"),
            GenesisTime = new UnixTime((ulong)TimeProvider.System.GetUtcNow().AddSeconds(-1).ToUnixTimeMilliseconds()),
            Regions = [.. RegionCodes.Take(validators).Select((code, i) => new PlannedRegion(RegionCode.Parse(code), "region " + code) { Host = hostOf(i) })],
            Members = members,
            Ports = PortPlan.Free(validators + 1), // and for one that is added later
            ProtocolVersion = version ?? ProtocolVersions.Supported.Highest,
        };
        return new ProcessNetwork(folder, NetworkInit.Create(plan, Path.Combine(folder, "network")), [.. members.Select(m => m.Code)]);
    }

    /// <summary>Reads the directory again after a region was added to it; the process of its node, not yet started, is the caller's.</summary>
    public ValidatorProcess Added()
    {
        Directory = NetworkDirectory.Open(Directory.Root);
        var region = Directory.Regions[^1];
        return new ValidatorProcess(region.NodeConfigurationPath, Path.Combine(_folder, region.Code.Value + ".log"));
    }

    /// <summary>A bearer token for an officer of <paramref name="member"/>.</summary>
    public string Token(OrganisationCode member, params string[] roles) => _tokens.Issue(new TokenClaims("load-001", member.Value, roles), TokenLifetime);

    /// <summary>The REST client of the validator at <paramref name="index"/>.</summary>
    public LicenceChainClient Client(int index) => Client(index, new LicenceChainClientOptions().Timeout, new LicenceChainClientOptions().MaxAttempts);

    /// <summary>As above, for clients that rather ask another validator than wait.</summary>
    public LicenceChainClient Client(int index, TimeSpan timeout, int maxAttempts) => new(Directory.Regions[index].NodeRest, new LicenceChainClientOptions
    {
        Token = Token(Directory.Regions[index].Bureau, TokenRoles.Governor, TokenRoles.Issuer, TokenRoles.Auditor, TokenRoles.Operator),
        Timeout = timeout,
        MaxAttempts = maxAttempts,
    });

    /// <summary>An officer's key: <paramref name="role"/> is <c>issue</c>, <c>govern</c>, …</summary>
    public Sm2PrivateKey OfficerKey(OrganisationCode member, string role)
    {
        using var store = KeystoreFile.Open(Directory.OfficerKeystorePath(member), System.Text.Encoding.UTF8.GetBytes(Directory.Passphrase));
        Span<byte> scalar = stackalloc byte[Hash256.Size];
        store.Key(role).Export(scalar);
        try
        {
            return Sm2PrivateKey.TryImport(scalar, out var key) ? key : throw new InvalidOperationException("The keystore holds no key.");
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>Waits until the validator at <paramref name="index"/> is ready to serve; throws with its output after <paramref name="limit"/>.</summary>
    public async Task WhenReadyAsync(int index, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Directory.Regions[index].NodeRest };
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        linked.CancelAfter(limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync(http, linked.Token))
        {
            try
            {
                await tick.WaitForNextTickAsync(linked.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Validator {index} was not ready within {limit}. It printed:\n{(index < Validators.Count ? Validators[index].Output : "")}");
            }
        }
    }

    public void Dispose()
    {
        foreach (var validator in Validators) validator.Dispose();
        _tokens.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
