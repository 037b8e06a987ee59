using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Snapshots;

/// <summary>One snapshot on a disk: <c>manifest</c> and <c>chunk-NNNNNN</c> in a folder. The same in a node's data, in a folder that is carried by hand, and while a node joins.</summary>
internal sealed class SnapshotFiles(IStorageTree tree, string path)
{
    private const string ManifestName = "manifest";

    /// <summary>Those in a folder of the file system.</summary>
    public SnapshotFiles(string folder)
        : this(new DiskTree(folder), "")
    {
    }

    /// <summary>Where they lie.</summary>
    public string Folder => tree.Describe(path);

    /// <summary>True when the manifest is there: it is written last.</summary>
    public bool HasManifest => tree.Look(path).Exists(ManifestName);

    /// <summary>Reads the manifest; false when there is none or it is malformed.</summary>
    public bool TryReadManifest([NotNullWhen(true)] out SnapshotManifest? manifest)
    {
        manifest = null;
        return TryRead(ManifestName, SnapshotLimits.MaxManifestBytes, New, out var bytes) && SnapshotManifest.TryParse(bytes, out manifest);
    }

    /// <summary>Reads a chunk; false when its file is missing or is not what the manifest names.</summary>
    public bool TryReadChunk(SnapshotManifest manifest, int index, out ReadOnlyMemory<byte> content) =>
        TryReadChunk(manifest, index, isChecked: false, New, out content);

    /// <summary>
    /// As the other one, into an array of <paramref name="allocate"/>, which may be longer; a chunk that was hashed before (<paramref name="isChecked"/>) is taken as it is.
    /// </summary>
    public bool TryReadChunk(SnapshotManifest manifest, int index, bool isChecked, Func<int, byte[]> allocate, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (index < 0 || index >= manifest.Chunks.Count || !TryRead(ChunkName(index), SnapshotLimits.MaxChunkBytes, allocate, out var read)) return false;
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
        for (var i = 0; i < manifest.Chunks.Count; i++)
        {
            if (!other.TryReadChunk(manifest, i, out var content)) throw new IOException($"{Path.Combine(other.Folder, ChunkName(i))} is missing or damaged.");
            WriteChunk(i, content.Span, flush: true);
        }

        WriteManifest(manifest);
    }

    private static string ChunkName(int index) => "chunk-" + index.ToString("D6", CultureInfo.InvariantCulture);

    private static byte[] New(int length) => GC.AllocateUninitializedArray<byte>(length);

    private bool TryRead(string name, int most, Func<int, byte[]> allocate, out ReadOnlyMemory<byte> content)
    {
        content = default;
        var folder = tree.Look(path);
        if (!folder.Exists(name)) return false;
        using var file = folder.Open(name);
        if (file.Length > most) return false;
        var read = allocate((int)file.Length).AsMemory(0, (int)file.Length);
        for (var at = 0; at < read.Length;)
        {
            var got = file.Read(read.Span[at..], at);
            if (got == 0) return false; // cut while it was read
            at += got;
        }

        content = read;
        return true;
    }

    private void Write(string name, ReadOnlySpan<byte> content, bool flush)
    {
        using var file = tree.Make(path).Open(name);
        file.SetLength(0);
        file.Write(content, 0);
        if (flush) file.Flush();
    }
}
