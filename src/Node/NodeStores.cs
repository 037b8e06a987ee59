using LicenceChain.Contracts;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node;

/// <summary>Everything a node opens on disk, closed together. A lock file keeps a second node out of the folder.</summary>
internal sealed class NodeStores : IDisposable
{
    /// <summary>The rows' file within the data directory.</summary>
    public const string StateName = "state.db";

    /// <summary>The snapshots' folder within the data directory.</summary>
    public const string SnapshotsName = "snapshots";

    private readonly Stack<IDisposable> _open = new();

    private NodeStores(NodeConfiguration configuration, ILogger logger)
    {
        try
        {
            var directory = configuration.DataDirectory;
            var folder = new DiskFolder(directory);
            Keep(FolderLock.Take(directory));
            Genesis = GenesisFile.Read(configuration.GenesisPath);
            Keys = Keep(KeystoreFile.OpenWithPassphraseFile(configuration.KeystorePath, configuration.PassphrasePath));
            Certificates = Keep(LinkCertificates.Open(configuration.LinkCertificatePath, configuration.LinkKeyPath, logger));
            StatePath = Path.Combine(directory, StateName);
            Blocks = Keep(SegmentBlockStore.Open(new DiskFolder(Path.Combine(directory, "blocks"))));
            var used = new UsedKeystore(configuration.KeystorePath);
            new VoteStanding(folder, () => used.HasVoted).Settle(); // C-RESTART, before an empty log is made that would pass for whole
            Votes = Keep(VoteLog.Open(folder, VoteStanding.LogName, mustExist: true, used.NoteFirstVote));
            (State, Chain) = StateDatabase.Open(StatePath, state => (state, ChainOpener.Open(Blocks, state, Genesis)), why => Log.StateRebuilt(logger, StatePath, why));
            Keep(State);
            Snapshots = new SnapshotShelf(new DiskTree(directory), SnapshotsName);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The genesis document, applied.</summary>
    public GenesisOutcome Genesis { get; }

    /// <summary>Private keys.</summary>
    public KeystoreFile Keys { get; }

    /// <summary>TLS certificates of the links.</summary>
    public LinkCertificates Certificates { get; }

    /// <summary>The chain of blocks.</summary>
    public IBlockStore Blocks { get; }

    /// <summary>The rows.</summary>
    public SqliteStateStore State { get; }

    /// <summary>Their file.</summary>
    public string StatePath { get; }

    /// <summary>The snapshots it keeps.</summary>
    public SnapshotShelf Snapshots { get; }

    /// <summary>The vote log.</summary>
    public IVoteLog Votes { get; }

    /// <summary>The chain, brought up.</summary>
    public ChainState Chain { get; }

    /// <summary>Opens everything, or nothing.</summary>
    public static NodeStores Open(NodeConfiguration configuration, ILogger logger) => new(configuration, logger);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_open.TryPop(out var one)) one.Dispose();
    }

    private T Keep<T>(T one)
        where T : IDisposable
    {
        _open.Push(one);
        return one;
    }
}
