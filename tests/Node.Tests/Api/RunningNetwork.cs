using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Issuing;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Tests.Api;

/// <summary>Four whole nodes, made by NetworkInit and talking over real sockets, for every test of API and vault; what they logged is kept.</summary>
public sealed class RunningNetwork : IAsyncLifetime
{
    public const string Name = "running network";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MaxBlocksToLink = 500;

    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("lc-api-").FullName;
    private readonly List<KeystoreFile> _stores = [];
    private readonly List<NodeApplication> _nodes = [];
    private readonly LogLines _log = new();
    private ILoggerFactory? _logging;
    private TokenAuthority? _tokens;

    /// <summary>How long an entry of a vault's log waits for a checkpoint.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The files.</summary>
    public NetworkDirectory Directory { get; private set; } = null!;

    /// <summary>Chain content that tests share.</summary>
    internal ChainContent Content { get; private set; } = null!;

    /// <summary>Every line logged so far.</summary>
    public IReadOnlyCollection<string> LogText => _log.Lines;

    public NodeApplication Node(int index = 0) => _nodes[index];

    public async Task InitializeAsync()
    {
        Directory = NetworkInit.Create(SamplePlan.Four(), Path.Combine(_root, "network"));
        _tokens = TokenAuthority.OpenOrCreate(Directory.TokenKeyPath, TimeProvider.System);
        _logging = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
        foreach (var region in Directory.Regions) _nodes.Add(await StartAsync(region));
        Content = await ChainContent.LoadAsync(this);
        await LinkAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        foreach (var store in _stores) store.Dispose();
        _tokens?.Dispose();
        _logging?.Dispose();
        System.IO.Directory.Delete(_root, recursive: true);
    }

    /// <summary>Starts a node that was stopped, the last that was; returns once every node has a link to every other.</summary>
    public async Task StartAgainAsync(int index)
    {
        _nodes[index] = await StartAsync(Directory.Regions[index]);
        await LinkAsync();
    }

    public string Token(params string[] roles) => _tokens!.Issue(new TokenClaims("T-001", SamplePlan.ShanghaiAgency.Value, roles), TimeSpan.FromHours(1));

    /// <summary>A client of a node's REST API with a token of these roles; none: without a token.</summary>
    public HttpClient Http(int node, params string[] roles)
    {
        var client = new HttpClient { BaseAddress = _nodes[node].Rest, Timeout = Patience };
        if (roles.Length > 0) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(roles));
        return client;
    }

    public GrpcChannel Grpc(int node = 0) => new(new GrpcChannelOptions { Address = _nodes[node].Grpc });

    public GrpcCallOptions Call(params string[] roles) => new() { BearerToken = Token(roles), Timeout = Patience };

    /// <summary>An officer's key of a member, for example <c>issue</c>.</summary>
    public Sm2PrivateKey Officer(OrganisationCode member, string label) => Open(Directory.OfficerKeystorePath(member)).Key(label);

    /// <summary>A Verifier's service key.</summary>
    public Sm2PrivateKey VerifierKey(RegionCode region) =>
        Open(Path.Combine(Path.GetDirectoryName(Directory.Region(region).VerifierConfigurationPath)!, "keys.json")).Key("service");

    public TransactionFactory Transactions(Sm2PrivateKey key) => new(Directory.Chain, key);

    /// <summary>A height that a transaction made now may name as its last.</summary>
    public Height Soon => new(Node().Node.Queries.Status.Height.Value + 200);

    /// <summary>Submits and waits until every node has the block; the receipt must say OK.</summary>
    public async Task<Height> CommitAsync(SignedTransaction transaction)
    {
        var result = await Node().Node.Gate.SubmitAsync(transaction.Bytes, waitForCommit: true, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(Refusal.Ok, result.Receipt?.Code ?? result.Refusal?.ToString());
        await ReachAsync(result.Height!.Value);
        return result.Height.Value;
    }

    public async Task ReachAsync(Height height)
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var node in _nodes)
            await using (var blocks = node.Node.Queries.FollowAsync(height, follow: true, patience.Token).GetAsyncEnumerator(patience.Token))
                Assert.True(await blocks.MoveNextAsync());
    }

    // A link is seen with the next block at the latest.
    private async Task LinkAsync()
    {
        for (var i = 0; i < MaxBlocksToLink && _nodes.Any(node => node.Node.Queries.Status.Peers < _nodes.Count - 1); i++) await Content.IssueAsync();
        Assert.All(_nodes, node => Assert.Equal(_nodes.Count - 1, node.Node.Queries.Status.Peers));
    }

    private Task<NodeApplication> StartAsync(NetworkRegion region)
    {
        var configuration = NodeConfigurationFile.Read(region.NodeConfigurationPath);
        configuration = configuration with { MinBlockInterval = TimeSpan.FromMilliseconds(20), Vault = configuration.Vault with { CheckpointInterval = CheckpointInterval } };
        return NodeApplication.StartAsync(configuration, TimeProvider.System, _logging!, CancellationToken.None);
    }

    private KeystoreFile Open(string path)
    {
        var store = KeystoreFile.Open(path, Encoding.UTF8.GetBytes(Directory.Passphrase));
        _stores.Add(store);
        return store;
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
