using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Snapshots;

/// <summary>Makes a snapshot on demand: through the running node, or from the files of one that stands still.</summary>
public static class NodeSnapshot
{
    // The node that makes it is another process, and answers in a file.
    private static readonly TimeSpan LookForAnswer = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Makes one of the present height, and copies it to <paramref name="output"/> when that is given. Throws <see cref="NodeFaultException"/> that says why there is none.
    /// </summary>
    public static async Task<SnapshotReport> MakeAsync(NodeConfiguration configuration, string? output, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(clock);
        configuration.Validate();
        if (output is not null && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new NodeFaultException($"{output} is not empty: name a new folder.");
        if (!File.Exists(Path.Combine(configuration.DataDirectory, NodeStores.StateName)))
            throw new NodeFaultException($"{configuration.DataDirectory} holds no state: start the node first.");
        var shelf = new SnapshotShelf(new DiskTree(configuration.DataDirectory), NodeStores.SnapshotsName);
        var height = IsRunning(configuration) ? await AskAsync(configuration, shelf, clock, cancellationToken) : await Task.Run(() => MakeOffline(configuration, shelf, cancellationToken), cancellationToken);
        var files = shelf.Files(height);
        if (!files.TryReadManifest(out var manifest)) throw new NodeFaultException($"{files.Folder} is gone or damaged.");
        if (output is not null)
        {
            var copy = new SnapshotFiles(Path.GetFullPath(output));
            await Task.Run(() => copy.CopyFrom(files, manifest), cancellationToken);
            files = copy;
        }

        return new SnapshotReport(height, manifest.Header.Fields.StateRoot, manifest.Rows, manifest.TotalBytes, manifest.Chunks.Count, files.Folder);
    }

    private static bool IsRunning(NodeConfiguration configuration)
    {
        try
        {
            using var owned = FolderLock.Take(configuration.DataDirectory);
            return false;
        }
        catch (NodeFaultException)
        {
            return true;
        }
    }

    // As long as the node runs: a large state takes it minutes, and it tells no other process how far it is.
    private static async Task<Height> AskAsync(NodeConfiguration configuration, SnapshotShelf shelf, TimeProvider clock, CancellationToken cancellationToken)
    {
        var request = SnapshotRequest.Leave(shelf.Folder);
        try
        {
            SnapshotAnswer? answer;
            for (var isRunning = true; !request.TryTakeAnswer(out answer); isRunning = IsRunning(configuration))
            {
                if (!isRunning) throw new NodeFaultException("The node stopped before it had made the snapshot. Run this again: it is made without the node then.");
                await Task.Delay(LookForAnswer, clock, cancellationToken);
            }

            return answer.Failure.Length == 0 ? new Height(answer.Height) : throw new NodeFaultException($"The node made no snapshot: {answer.Failure}");
        }
        finally
        {
            request.Withdraw();
        }
    }

    private static Height MakeOffline(NodeConfiguration configuration, SnapshotShelf shelf, CancellationToken cancellationToken)
    {
        using var stores = NodeStores.Open(configuration, NullLogger.Instance);
        stores.State.Drain();
        using var rows = FrozenRows.TryOpen(stores.StatePath) ?? throw new NodeFaultException("The node has no state yet.");
        var height = rows.Mark.Height;
        if (shelf.Files(height).TryReadManifest(out _)) return height;
        try
        {
            var made = shelf.Begin(height);
            new SnapshotWriter(stores.Blocks, stores.Chain.GenesisHash).Write(rows, made, cancellationToken);
            shelf.Complete(height, configuration.Snapshots.Keep);
            return height;
        }
        catch (InvalidOperationException e)
        {
            throw new NodeFaultException($"No snapshot was made: {e.Message}", e);
        }
    }
}
