using LicenceChain.Contracts;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Archiving;

/// <summary>Archives blocks of a node that is stopped.</summary>
public static class NodeArchive
{
    /// <summary>
    /// Moves the blocks below a height to a folder: copied, read back, flushed, then removed. Throws <see cref="NodeFaultException"/> when the node runs, <see cref="ArgumentException"/>
    /// when it must keep some of them, <see cref="StorageFaultException"/> when the folder does not take them, and <see cref="CorruptStorageException"/> when one is damaged; nothing was removed then.
    /// </summary>
    public static ArchiveReport Move(NodeConfiguration configuration, Height below, string to)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var folderLock = FolderLock.Take(configuration.DataDirectory);
        using var blocks = SegmentBlockStore.Open(new DiskFolder(Path.Combine(configuration.DataDirectory, "blocks")));
        var statePath = Path.Combine(configuration.DataDirectory, "state.db");
        if (blocks.Head is not { } head || !File.Exists(statePath)) throw new ArgumentException("The node has no chain yet.");
        var kept = LowestKept(statePath, head);
        if (below > kept) throw new ArgumentException($"The head is at {head}: blocks from {kept} on stay, since checks against replays, evidence and joining nodes need them. Give --below {kept} or less.");

        var first = blocks.Lowest;
        if (below <= first) return new ArchiveReport(0, 0, first.Value);
        new ArchiveFolder(Folder(to), () => FrozenRows.TryOpen(statePath)).Add(blocks, first, below.Previous);
        blocks.RemoveBelow(below);
        return new ArchiveReport(first.Value, below.Value - first.Value, blocks.Lowest.Value);
    }

    private static DiskFolder Folder(string path)
    {
        try
        {
            return new DiskFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFaultException.At(path, e);
        }
    }

    private static Height LowestKept(string statePath, Height head)
    {
        using var rows = FrozenRows.TryOpen(statePath);
        return rows is null ? new Height(0) : ArchiveLimits.LowestKept(rows.Mark.Height < head ? rows.Mark.Height : head, ChainParameters.Read(rows), keep: 0);
    }
}
