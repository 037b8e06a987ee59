using System.Globalization;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>The snapshots in a node's data: <c>snapshots/&lt;height&gt;/</c>, each made beside its place and moved there when it is whole.</summary>
internal sealed class SnapshotShelf(string folder) : ISnapshotShelf
{
    private const string Unfinished = ".making";

    private readonly Lock _lock = new();
    private (Height Height, SnapshotManifest Manifest)? _last;

    /// <summary>Where they lie.</summary>
    public string Folder => folder;

    /// <summary>Heights of the whole ones, the newest first.</summary>
    public IReadOnlyList<Height> Heights()
    {
        if (!Directory.Exists(folder)) return [];
        var heights = new List<Height>();
        foreach (var path in Directory.GetDirectories(folder))
            if (ulong.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var height) && new SnapshotFiles(path).HasManifest)
                heights.Add(new Height(height));
        heights.Sort((a, b) => b.CompareTo(a));
        return heights;
    }

    /// <summary>The files of a whole snapshot.</summary>
    public SnapshotFiles Files(Height height) => new(PathOf(height));

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
        var path = PathOf(height) + Unfinished;
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true); // left by a crash
        Directory.CreateDirectory(path);
        return new SnapshotFiles(path);
    }

    /// <summary>Moves a whole snapshot to its place and drops the oldest beyond <paramref name="keep"/>.</summary>
    public void Complete(Height height, SnapshotFiles made, int keep)
    {
        DirectoryFlush.Run(made.Folder);
        if (Directory.Exists(PathOf(height))) Directory.Delete(PathOf(height), recursive: true); // a damaged one: a whole one is not made again
        Directory.Move(made.Folder, PathOf(height));
        DirectoryFlush.Run(folder);
        foreach (var old in Heights().Skip(keep)) Directory.Delete(PathOf(old), recursive: true);
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

    private string PathOf(Height height) => Path.Combine(folder, height.Value.ToString("D20", CultureInfo.InvariantCulture));
}
