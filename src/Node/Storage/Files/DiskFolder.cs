using LicenceChain.Hosting.Files;

namespace LicenceChain.Node.Storage.Files;

/// <summary>A folder of the file system.</summary>
internal sealed class DiskFolder : IStorageFolder
{
    private readonly string _path;
    private readonly bool _isReadOnly;

    /// <summary>Makes the folder when there is none, unless it is only to be read: then files that are not there are not made either.</summary>
    public DiskFolder(string path, bool isReadOnly = false)
    {
        _path = Path.GetFullPath(path);
        _isReadOnly = isReadOnly;
        if (isReadOnly || Directory.Exists(_path)) return;
        Directory.CreateDirectory(_path);
        if (Path.GetDirectoryName(_path) is { } parent) DirectoryFlush.Run(parent);
    }

    /// <inheritdoc/>
    public string Describe(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string suffix) =>
        [.. Directory.EnumerateFiles(_path).Select(p => Path.GetFileName(p)).Where(n => n.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public bool Exists(string name) => File.Exists(Describe(name));

    /// <inheritdoc/>
    public IStorageFile Open(string name) => new DiskFile(Describe(name), _isReadOnly);

    /// <inheritdoc/>
    public void Move(string from, string to) => File.Move(Describe(from), Describe(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(Describe(name));

    /// <inheritdoc/>
    public void FlushNames() => DirectoryFlush.Run(_path);
}
