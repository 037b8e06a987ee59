using LicenceChain.Hosting.Files;
using LicenceChain.Node.Archiving;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Diagnostics;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node;

/// <summary>A running validator or observer without its API: the loop, its thread, its links and its stores.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly NodeStores _stores;
    private readonly LoopQueue _queue = new();
    private readonly SystemTimers _timers;
    private readonly WorkerPool _workers;
    private readonly LoopThread _thread;
    private readonly SnapshotMaker _snapshots;
    private readonly DiskSpaceWatch _disk;
    private readonly LinkListener _listener;
    private readonly LinkDialers _dialers;
    private readonly NodeSigner _signer;
    private readonly ILogger _logger;
    private Task? _stop;

    private NodeHost(NodeConfiguration configuration, NodeStores stores, TimeProvider clock, ILoggerFactory logging)
    {
        _stores = stores;
        _logger = logging.CreateLogger("LicenceChain.Node");
        var chain = stores.Chain;
        var signer = NodeSigner.Of(stores.Keys, configuration.ConsensusKeyName);
        var publisher = new NodePublisher(stores.Blocks, stores.State, chain, stores.Genesis.Validators);
        var peers = new PeerDirectory(configuration.Peers, signer, stores.Certificates);
        var network = new LinkNetwork(peers, _queue, () => _dialers!.Keep(peers.Dialled), _logger);
        _timers = new SystemTimers(clock, _queue.Post);
        _workers = new WorkerPool(WorkerThreads, _queue.Post);
        var seams = new NodeSeams(new SystemNodeClock(clock), _timers, network, _workers, stores.Blocks, stores.State, stores.Votes) 
        {
            LinkCertificate = stores.Certificates,
            Snapshots = stores.Snapshots,
            Archive = configuration.Archive is { KeepBlocks: > 0, Directory: { } archive } options
                ? new ArchivePlan(options.KeepBlocks, new ArchiveFolder(new DiskFolder(archive), () => FrozenRows.TryOpen(stores.StatePath)))
                : null,
        };
        _disk = new DiskSpaceWatch(configuration.DataDirectory, clock, _logger);
        _snapshots = new SnapshotMaker(stores.StatePath, stores.Snapshots, stores.Blocks, chain.GenesisHash, configuration.Snapshots, _logger);
        stores.State.Written = _snapshots.OnWritten;
        _thread = new LoopThread(_queue, new NodeLoop(chain, seams, signer, stores.Keys.Key(configuration.Vault.ServiceKeyName), configuration.MinBlockInterval, publisher, _logger), OnFault);
        var handshake = new LinkHandshake(signer, chain.Chain, chain.GenesisHash);
        _listener = new LinkListener(configuration, peers, stores.Certificates, handshake, network, clock, logging, _logger);
        _dialers = new LinkDialers(peer => new LinkDialer(peer, stores.Certificates, handshake, network, clock, _logger), OnFault);
        Queries = publisher;
        Gate = new LoopGate(_queue);
        _signer = signer;
    }

    // A local network delivers in milliseconds; whoever supervises the process hardly notices.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    // One core is left to the loop, the writer and Kestrel.
    private static int WorkerThreads => int.Clamp(Environment.ProcessorCount - 1, 1, 16);

    /// <summary>The read side.</summary>
    public INodeQueries Queries { get; }

    /// <summary>Where transactions come in.</summary>
    public ITransactionGate Gate { get; }

    /// <summary>This node's consensus (or observer) key; another once governance replaced it.</summary>
    public KeyId Key => _signer.Key;

    /// <summary>Completes when the node has stopped; faulted when a broken invariant stopped it (rule 12: stopping beats diverging).</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Opens the stores, replays what a crash left, and starts the loop and the links. Throws <see cref="NodeFaultException"/>, <see cref="CorruptStorageException"/>,
    /// SecretFileException or PortInUseException, each saying what to do; nothing then stays open.
    /// </summary>
    public static async Task<NodeHost> StartAsync(NodeConfiguration configuration, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logging);
        configuration.Validate();
        await NodeJoin.PrepareAsync(configuration, clock, logging, cancellationToken);
        var stores = await Task.Run(() => NodeStores.Open(configuration, logging.CreateLogger("LicenceChain.Node")), cancellationToken); // replay may take long
        NodeHost host;
        try
        {
            host = new NodeHost(configuration, stores, clock, logging);
        }
        catch
        {
            stores.Dispose();
            throw;
        }

        try
        {
            await host.RunAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes nothing more, tells who waits, writes what is due and closes. Idempotent.</summary>
    public Task StopAsync()
    {
        lock (_lock) return _stop ??= Task.Run(StopOnceAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var chain = _stores.Chain;
        Log.Starting(_logger, Key, chain.Chain, chain.Height.Value, chain.Tree.Root);
        _queue.Post(new NodeEvent.Started());
        _thread.Start(); // the loop says whom to dial
        _snapshots.Start();
        await _listener.StartAsync(cancellationToken);
    }

    private async Task StopOnceAsync()
    {
        try
        {
            // Links first, so that nothing comes in; then the loop handles what it has and tells who waits; then the stores.
            var dialers = _dialers.StopAsync();
            await _listener.DisposeAsync();
            await dialers;
            _queue.Post(new NodeEvent.Stopping());
            _queue.Close();
            _thread.Join();
            _workers.Dispose();
            _timers.Dispose();
            _disk.Dispose();
            _snapshots.Dispose();
            _stores.Dispose();
            Log.Stopped(_logger, Queries.Status.Height.Value);
        }
        finally
        {
            _completion.TrySetResult();
        }
    }

    private void OnFault(Exception cause)
    {
        if (cause is StateDamagedException) cause = Condemn(cause);
        if (cause is StorageFaultException storage) Log.StorageFailed(_logger, storage.Message);
        else Log.Faulted(_logger, cause);
        _ = FailAsync(cause);
    }

    private async Task FailAsync(Exception cause)
    {
        await Task.Delay(LastWords); // C-ALARM: the links carry why
        _completion.TrySetException(cause);
        await StopAsync();
    }

    private NodeFaultException Condemn(Exception damage)
    {
        StateDatabase.Condemn(_stores.StatePath);
        return new NodeFaultException($"{_stores.StatePath} is damaged: {damage.Message} It is derived from the blocks: start the node again, and it is built anew.", damage);
    }
}
