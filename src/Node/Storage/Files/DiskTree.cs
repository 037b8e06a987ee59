using LicenceChain.Hosting.Files;

namespace LicenceChain.Node.Storage.Files;

/// <summary>A directory of the file system.</summary>
internal sealed class DiskTree(string root) : IStorageTree
{
    private readonly string _root = Path.GetFullPath(root);

    /// <inheritdoc/>
    public string Describe(string path) => path.Length == 0 ? _root : Path.Combine(_root, path);

    /// <inheritdoc/>
    public bool Holds(string path) => File.Exists(Describe(path)) || Directory.Exists(Describe(path));

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string path) =>
        Directory.Exists(Describe(path)) ? [.. Directory.EnumerateDirectories(Describe(path)).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)] : [];

    /// <inheritdoc/>
    public IStorageFolder Look(string path) => new DiskFolder(Describe(path), isReadOnly: true);

    /// <inheritdoc/>
    public IStorageFolder Make(string path) => new DiskFolder(Describe(path));

    /// <inheritdoc/>
    public void Move(string from, string to)
    {
        if (Directory.Exists(Describe(from))) Directory.Move(Describe(from), Describe(to));
        else File.Move(Describe(from), Describe(to), overwrite: true);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (Directory.Exists(Describe(path))) Directory.Delete(Describe(path), recursive: true);
    }

    /// <inheritdoc/>
    public void FlushNames(string path) => DirectoryFlush.Run(Describe(path));
}
