using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Tests.Storage;

/// <summary>A folder in memory. With <see cref="Room"/> it is a disk that fills.</summary>
internal sealed class MemoryFolder : IStorageFolder
{
    private const int NoSpace = 28; // ENOSPC

    private readonly SortedDictionary<string, Content> _files = new(StringComparer.Ordinal);

    /// <summary>Bytes that may still be written; null without a limit.</summary>
    public long? Room { get; set; }

    /// <summary>The bytes of a file, to look at or to damage.</summary>
    public byte[] this[string name]
    {
        get => [.. _files[name].Bytes];
        set => _files[name] = new Content { Bytes = [.. value] };
    }

    public MemoryFolder Copy()
    {
        var copy = new MemoryFolder();
        foreach (var (name, content) in _files) copy[name] = [.. content.Bytes];
        return copy;
    }

    public string Describe(string name) => "memory/" + name;

    public IReadOnlyList<string> Names(string suffix) => [.. _files.Keys.Where(n => n.EndsWith(suffix, StringComparison.Ordinal))];

    public bool Exists(string name) => _files.ContainsKey(name);

    public IStorageFile Open(string name)
    {
        if (!_files.TryGetValue(name, out var content)) _files[name] = content = new Content();
        return new OpenFile(this, content);
    }

    public void Move(string from, string to)
    {
        _files[to] = _files[from];
        _files.Remove(from);
    }

    public void Delete(string name) => _files.Remove(name);

    public void FlushNames()
    {
    }

    private void Take(int bytes)
    {
        if (Room is not { } room) return;
        if (room < bytes) throw new IOException("No space left on device.", NoSpace);
        Room = room - bytes;
    }

    private sealed class Content
    {
        public List<byte> Bytes { get; set; } = [];
    }

    private sealed class OpenFile(MemoryFolder folder, Content content) : IStorageFile
    {
        public long Length => content.Bytes.Count;

        public int Read(Span<byte> destination, long offset)
        {
            var count = (int)long.Max(0, long.Min(destination.Length, Length - offset));
            for (var i = 0; i < count; i++) destination[i] = content.Bytes[(int)offset + i];
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            folder.Take(bytes.Length);
            SetLength(long.Max(Length, offset + bytes.Length));
            for (var i = 0; i < bytes.Length; i++) content.Bytes[(int)offset + i] = bytes[i];
        }

        public void SetLength(long length)
        {
            while (Length < length) content.Bytes.Add(0);
            content.Bytes.RemoveRange((int)length, (int)(Length - length));
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
