using System.Globalization;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>The snapshots in a node's data: <c>snapshots/&lt;height&gt;/</c>, each made beside its place and moved there when it is whole.</summary>
internal sealed class SnapshotShelf(IStorageTree tree, string path) : ISnapshotShelf
{
    private const string Unfinished = ".making";

    private readonly Lock _lock = new();
    private (Height Height, SnapshotManifest Manifest)? _last;

    /// <summary>Where they lie.</summary>
    public string Folder => tree.Describe(path);

    /// <summary>Heights of the whole ones, the newest first.</summary>
    public IReadOnlyList<Height> Heights()
    {
        var heights = new List<Height>();
        foreach (var name in tree.Folders(path))
            if (ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var height) && Files(new Height(height)).HasManifest)
                heights.Add(new Height(height));
        heights.Sort((a, b) => b.CompareTo(a));
        return heights;
    }

    /// <summary>The files of a whole snapshot.</summary>
    public SnapshotFiles Files(Height height) => new(tree, PathOf(height));

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> NewestManifest() => Served(() =>
    {
        foreach (var height in Heights())
            if (Manifest(height) is { } manifest)
                return manifest.Bytes;
        return default;
    });

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Chunk(Height height, int index) =>
        Served(() => Manifest(height) is { } manifest && Files(height).TryReadChunk(manifest, index, out var content) ? content : default);

    /// <summary>An empty folder to make the snapshot of a height in.</summary>
    public SnapshotFiles Begin(Height height)
    {
        tree.Delete(PathOf(height) + Unfinished); // left by a crash
        tree.Make(PathOf(height) + Unfinished);
        return new SnapshotFiles(tree, PathOf(height) + Unfinished);
    }

    /// <summary>Moves the whole snapshot that was begun to its place and drops the oldest beyond <paramref name="keep"/>.</summary>
    public void Complete(Height height, int keep)
    {
        tree.FlushNames(PathOf(height) + Unfinished);
        tree.Delete(PathOf(height)); // a damaged one: a whole one is not made again
        tree.Move(PathOf(height) + Unfinished, PathOf(height));
        tree.FlushNames(path);
        foreach (var old in Heights().Skip(keep)) tree.Delete(PathOf(old));
    }

    // An old snapshot may be dropped while it is read: the peer hears that it is gone.
    private static ReadOnlyMemory<byte> Served(Func<ReadOnlyMemory<byte>> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    private SnapshotManifest? Manifest(Height height)
    {
        lock (_lock)
        {
            if (_last is { } last && last.Height == height) return last.Manifest;
        }

        if (!Files(height).TryReadManifest(out var manifest) || manifest.Height != height) return null;
        lock (_lock) _last = (height, manifest);
        return manifest;
    }

    private string PathOf(Height height) => path + "/" + height.Value.ToString("D20", CultureInfo.InvariantCulture);
}
