namespace LicenceChain.Node.Storage.Files;

/// <summary>A folder whose failed writes are <see cref="StorageFaultException"/>, which stop the node and say what to do. Failed reads stay as they are: they are damage, and healed.</summary>
internal sealed class GuardedFolder : IStorageFolder
{
    private readonly IStorageFolder _folder;

    private GuardedFolder(IStorageFolder folder) => _folder = folder;

    /// <summary>The folder, guarded.</summary>
    public static IStorageFolder Over(IStorageFolder folder) => folder as GuardedFolder ?? new GuardedFolder(folder);

    /// <inheritdoc/>
    public string Describe(string name) => _folder.Describe(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string suffix) => _folder.Names(suffix);

    /// <inheritdoc/>
    public bool Exists(string name) => _folder.Exists(name);

    /// <inheritdoc/>
    public IStorageFile Open(string name)
    {
        try
        {
            return new GuardedFile(Describe(name), _folder.Open(name));
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw StorageFaultException.At(Describe(name), e);
        }
    }

    /// <inheritdoc/>
    public void Move(string from, string to) => Guard(Describe(to), () => _folder.Move(from, to));

    /// <inheritdoc/>
    public void Delete(string name) => Guard(Describe(name), () => _folder.Delete(name));

    /// <inheritdoc/>
    public void FlushNames() => Guard(Describe(""), _folder.FlushNames);

    private static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw StorageFaultException.At(path, e);
        }
    }

    private static bool IsFailure(Exception e) => e is IOException or UnauthorizedAccessException;

    private sealed class GuardedFile(string path, IStorageFile file) : IStorageFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            try
            {
                file.Write(bytes, offset);
            }
            catch (Exception e) when (IsFailure(e))
            {
                throw StorageFaultException.At(path, e);
            }
        }

        public void SetLength(long length) => Guard(path, () => file.SetLength(length));

        public void Flush() => Guard(path, file.Flush);

        public void Dispose() => file.Dispose();
    }
}
