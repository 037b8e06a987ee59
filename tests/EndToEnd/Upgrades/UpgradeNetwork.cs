using System.Globalization;
using Google.Protobuf;
using LicenceChain.EndToEnd.Faults;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.EndToEnd.Upgrades;

/// <summary>Four validators and an observer, all on the program that knows version 1 alone, on a chain that began under version 1; clients that issue licences meanwhile.</summary>
internal sealed class UpgradeNetwork : IAsyncDisposable
{
    public const int Observer = Validators;

    private const int Validators = 4;
    private const int Workers = 8;
    private const string ObserverRegion = "220000";

    private readonly OldProgram _old = new();
    private readonly Action<string> _report;
    private readonly TestLicences _licences;
    private readonly CancellationToken _stop;
    private readonly List<ValidatorProcess> _nodes;
    private ClientLoad? _load;

    private UpgradeNetwork(Action<string> report, CancellationToken stop)
    {
        (_report, _stop) = (report, stop);
        Network = ProcessNetwork.Create(Validators, agencies: 1, version: 1);
        _licences = new TestLicences(Network);
        _nodes = [.. Network.Validators];
    }

    public ProcessNetwork Network { get; }

    public AcknowledgementLog Log { get; } = new();

    public string Root => Network.Directory.Root;

    public ValidatorProcess this[int node] => _nodes[node];

    public static async Task<UpgradeNetwork> StartAsync(Action<string> report, CancellationToken stop)
    {
        var network = new UpgradeNetwork(report, stop);
        await network.StartAsync();
        return network;
    }

    /// <summary>Lets clients issue licences until they are <see cref="PauseAsync">paused</see>.</summary>
    public async Task LoadAsync() => _load ??= new ClientLoad(Network, _licences, Log, await HeightAsync(0), Workers);

    /// <summary>No more licences; what was acknowledged stands.</summary>
    public async Task PauseAsync()
    {
        if (_load is not null) await _load.DisposeAsync();
        _load = null;
    }

    public LicenceChainClient Client(int node) => Network.Client(node);

    public async Task<ulong> HeightAsync(int node)
    {
        using var client = Client(node);
        return (await client.GetStatusAsync(_stop)).Height;
    }

    /// <summary>Waits until a node is ready and no more than two blocks behind the first one.</summary>
    public async Task WhenWellAsync(int node)
    {
        await Network.WhenReadyAsync(node, Await.Limit, _stop);
        await Await.UntilAsync($"node {node} is at the head", async () => await HeightAsync(node) + 2 >= await HeightAsync(node == 0 ? 1 : 0));
    }

    /// <summary>Ends a node in order and starts it on the new program.</summary>
    public async Task UpgradeAsync(int node)
    {
        if (_nodes[node].IsRunning) Assert.Equal(0, _nodes[node].Stop());
        _nodes[node].Program = Path.Combine(AppContext.BaseDirectory, "licencechain.dll");
        _nodes[node].Start();
        await WhenWellAsync(node);
        _report($"node {node} runs the new program");
    }

    /// <summary>A command of the new program; what it printed.</summary>
    public async Task<string> RunAsync(int exit, params string[] command)
    {
        var run = await CommandLineRun.OfAsync(command);
        _report($"licencechain {string.Join(' ', command.Take(4).Where(word => !word.StartsWith(Path.DirectorySeparatorChar)))}: {run.Output.Trim()}");
        Assert.True(run.ExitCode == exit, run.Output);
        return run.Output;
    }

    /// <summary>Proposes by commands, as operators do, and has every bureau approve; what it printed.</summary>
    public Task<string> GovernAsync(params string[] change) => RunAsync(0, ["governance", "propose", .. change, "--all", "--dir", Root]);

    /// <summary>A call of one bureau's governor, through the first node: the receipt's code, or the refusal's.</summary>
    public async Task<string> CallAsync(int bureau, string method, IMessage arguments)
    {
        using var client = Client(0);
        using var key = Network.OfficerKey(Network.Directory.Regions[bureau].Bureau, "govern");
        var factory = new TransactionFactory(Network.Directory.Chain, key);
        var result = await client.SubmitAsync(factory.Sign("membership", method, arguments, await client.GetValidUntilAsync(_stop)), wait: true, _stop);
        _report(string.Create(CultureInfo.InvariantCulture, $"bureau {bureau} membership.{method}: {result.Code} {result.Detail} in block {result.Height}"));
        return result.Code;
    }

    /// <summary>The governing key of a bureau as the chain has it, valid until another time.</summary>
    public async Task<GovernanceChange> GovernsAsync(int bureau, UnixTime until)
    {
        using var client = Client(0);
        using var key = Network.OfficerKey(Network.Directory.Regions[bureau].Bureau, "govern");
        return new GovernanceChange { PutKey = new KeyRecord((await client.GetKeyAsync(key.PublicKey.Id, _stop))!.Record) { ExpiresMs = until.Milliseconds } };
    }

    public static ApproveProposal Approval(ProposalDocument document) => new() { ProposalId = ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span) };

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        foreach (var node in _nodes) node.Dispose();
        Network.Dispose();
        _old.Dispose();
    }

    private async Task StartAsync()
    {
        foreach (var node in _nodes)
        {
            node.Program = _old.CommandLine;
            node.Start();
        }

        for (var i = 0; i < Validators; i++) await Network.WhenReadyAsync(i, Await.Limit, _stop);
        using var client = Client(0);
        await _licences.RegisterTypeAsync(client, _stop);
        await RunAsync(0, "network", "add-node", "--region", ObserverRegion, "--dir", Root);
        var observer = Network.Added();
        observer.Program = _old.CommandLine;
        _nodes.Add(observer);
        await GovernAsync("file", Path.Combine(Path.GetDirectoryName(observer.Configuration)!, "admission.json"));
        observer.Start();
        await WhenWellAsync(Observer);
    }
}
