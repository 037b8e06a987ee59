using LicenceChain.Hosting.AccessLog;

namespace LicenceChain.Hosting.Tests.AccessLog;

/// <summary>A folder in memory that outlives the stores over it, and whose bytes a test may damage.</summary>
internal sealed class MemoryLogFiles : ILogFiles
{
    private readonly Dictionary<string, MemoryLogFile> _files = new(StringComparer.Ordinal);

    public MemoryLogFile this[string name] => _files[name];

    public bool FailWrites { get; set; }

    public string Location => "/memory/log";

    public ILogFile Open(string name)
    {
        if (!_files.TryGetValue(name, out var file)) _files.Add(name, file = new MemoryLogFile(this));
        return file;
    }

    internal sealed class MemoryLogFile(MemoryLogFiles folder) : ILogFile
    {
        public List<byte> Bytes { get; } = [];

        public int Flushes { get; private set; }

        public long Length => Bytes.Count;

        public void Read(long offset, Span<byte> destination)
        {
            if (offset + destination.Length > Bytes.Count) throw new EndOfStreamException();
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Bytes).Slice((int)offset, destination.Length).CopyTo(destination);
        }

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            if (folder.FailWrites) throw new IOException("disk full");
            var end = (int)offset + source.Length;
            if (end > Bytes.Count) System.Runtime.InteropServices.CollectionsMarshal.SetCount(Bytes, end);
            source.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Bytes)[(int)offset..]);
        }

        public void Flush() => Flushes++;

        public void Truncate(long length) => Bytes.RemoveRange((int)length, Bytes.Count - (int)length);

        public void Dispose()
        {
        }
    }
}
