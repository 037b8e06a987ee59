using LicenceChain.Hosting.AccessLog;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>An access log's folder in memory, whose records are the input.</summary>
internal sealed class MemoryLogFiles(byte[] records) : ILogFiles
{
    private readonly Dictionary<string, MemoryLogFile> _files = [];

    public string Location => "memory";

    public ILogFile Open(string name)
    {
        if (!_files.TryGetValue(name, out var file)) _files[name] = file = new MemoryLogFile(name == "records" ? records : []);
        return file;
    }

    private sealed class MemoryLogFile(byte[] content) : ILogFile
    {
        private byte[] _content = content;

        public long Length => _content.Length;

        public void Read(long offset, Span<byte> destination) => _content.AsSpan((int)offset, destination.Length).CopyTo(destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            if (offset + source.Length > _content.Length) Array.Resize(ref _content, (int)offset + source.Length);
            source.CopyTo(_content.AsSpan((int)offset));
        }

        public void Flush()
        {
            // Memory is as durable as this test needs.
        }

        public void Truncate(long length) => Array.Resize(ref _content, (int)length);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
