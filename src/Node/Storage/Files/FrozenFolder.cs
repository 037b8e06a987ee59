namespace LicenceChain.Node.Storage.Files;

/// <summary>
/// A folder as it stands, read without changing a byte of it, also while another process writes there: what a store would repair at open is repaired in memory, what is
/// appended meanwhile is not seen.
/// </summary>
internal sealed class FrozenFolder(string path) : IStorageFolder
{
    private readonly string _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    public string Describe(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string suffix) =>
        Directory.Exists(_path) ? [.. Directory.EnumerateFiles(_path).Select(p => Path.GetFileName(p)).Where(n => n.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    /// <inheritdoc/>
    public bool Exists(string name) => File.Exists(Describe(name));

    /// <inheritdoc/>
    public IStorageFile Open(string name) => new FrozenFile(Describe(name));

    /// <inheritdoc/>
    public void Move(string from, string to) => throw Frozen(from);

    /// <inheritdoc/>
    public void Delete(string name) => throw Frozen(name);

    /// <inheritdoc/>
    public void FlushNames()
    {
        // Nothing was named.
    }

    private InvalidOperationException Frozen(string name) => new($"{Describe(name)} is only read.");
}
