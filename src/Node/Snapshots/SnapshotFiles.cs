using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LicenceChain.Node.Snapshots;

/// <summary>One snapshot on a disk: <c>manifest</c> and <c>chunk-NNNNNN</c> in a folder. The same in a node's data, in a folder that is carried by hand, and while a node joins.</summary>
internal sealed class SnapshotFiles(string folder)
{
    private const string ManifestName = "manifest";

    /// <summary>Where they lie.</summary>
    public string Folder => folder;

    /// <summary>True when the manifest is there: it is written last.</summary>
    public bool HasManifest => File.Exists(PathOf(ManifestName));

    /// <summary>Reads the manifest; false when there is none or it is malformed.</summary>
    public bool TryReadManifest([NotNullWhen(true)] out SnapshotManifest? manifest)
    {
        manifest = null;
        var file = new FileInfo(PathOf(ManifestName));
        return file is { Exists: true, Length: <= SnapshotLimits.MaxManifestBytes } && SnapshotManifest.TryParse(File.ReadAllBytes(file.FullName), out manifest);
    }

    /// <summary>Reads a chunk; false when its file is missing or is not what the manifest names.</summary>
    public bool TryReadChunk(SnapshotManifest manifest, int index, out ReadOnlyMemory<byte> content) =>
        TryReadChunk(manifest, index, isChecked: false, static length => GC.AllocateUninitializedArray<byte>(length), out content);

    /// <summary>
    /// As the other one, into an array of <paramref name="allocate"/>, which may be longer; a chunk that was hashed before (<paramref name="isChecked"/>) is taken as it is.
    /// </summary>
    public bool TryReadChunk(SnapshotManifest manifest, int index, bool isChecked, Func<int, byte[]> allocate, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (index < 0 || index >= manifest.Chunks.Count || !File.Exists(PathOf(ChunkName(index)))) return false;
        using var file = File.OpenHandle(PathOf(ChunkName(index)));
        var length = RandomAccess.GetLength(file);
        if (length > SnapshotLimits.MaxChunkBytes) return false;
        var read = allocate((int)length).AsMemory(0, (int)length);
        for (var at = 0; at < read.Length;)
        {
            var got = RandomAccess.Read(file, read.Span[at..], at);
            if (got == 0) return false; // cut while it was read
            at += got;
        }

        if (!isChecked && !manifest.Names(index, read.Span)) return false;
        content = read;
        return true;
    }

    /// <summary>Writes a chunk; with <paramref name="flush"/> it is on the disk on return.</summary>
    public void WriteChunk(int index, ReadOnlySpan<byte> content, bool flush) => Write(ChunkName(index), content, flush);

    /// <summary>Writes the manifest, flushed.</summary>
    public void WriteManifest(SnapshotManifest manifest) => Write(ManifestName, manifest.Bytes.Span, flush: true);

    /// <summary>Copies a whole snapshot, the manifest last.</summary>
    public void CopyFrom(SnapshotFiles other, SnapshotManifest manifest)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < manifest.Chunks.Count; i++)
        {
            if (!other.TryReadChunk(manifest, i, out var content)) throw new IOException($"{other.PathOf(ChunkName(i))} is missing or damaged.");
            WriteChunk(i, content.Span, flush: true);
        }

        WriteManifest(manifest);
    }

    private static string ChunkName(int index) => "chunk-" + index.ToString("D6", CultureInfo.InvariantCulture);

    private string PathOf(string name) => Path.Combine(folder, name);

    private void Write(string name, ReadOnlySpan<byte> content, bool flush)
    {
        using var file = File.OpenHandle(PathOf(name), FileMode.Create, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, content, 0);
        if (flush) RandomAccess.FlushToDisk(file);
    }
}
