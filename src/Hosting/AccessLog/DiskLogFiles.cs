using LicenceChain.Hosting.Files;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>A log's folder on disk, readable by its owner only.</summary>
public sealed class DiskLogFiles : ILogFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _directory;

    /// <summary>Makes the folder when there is none.</summary>
    public DiskLogFiles(string directory)
    {
        _directory = Path.GetFullPath(directory);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_directory);
        else Directory.CreateDirectory(_directory, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public string Location => _directory;

    /// <inheritdoc/>
    public ILogFile Open(string name)
    {
        var path = Path.Combine(_directory, name);
        var isNew = !File.Exists(path);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        var file = new DiskLogFile(new FileStream(path, options));
        if (isNew) DirectoryFlush.Run(_directory);
        return file;
    }

    private sealed class DiskLogFile(FileStream stream) : ILogFile
    {
        public long Length => RandomAccess.GetLength(stream.SafeFileHandle);

        public void Read(long offset, Span<byte> destination)
        {
            // Bounded by the destination: each turn reads at least one byte.
            while (!destination.IsEmpty)
            {
                var count = RandomAccess.Read(stream.SafeFileHandle, destination, offset);
                if (count == 0) throw new EndOfStreamException($"{stream.Name} ends at {offset}.");
                destination = destination[count..];
                offset += count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => RandomAccess.Write(stream.SafeFileHandle, source, offset);

        public void Flush() => RandomAccess.FlushToDisk(stream.SafeFileHandle);

        public void Truncate(long length) => RandomAccess.SetLength(stream.SafeFileHandle, length);

        public void Dispose() => stream.Dispose();
    }
}
