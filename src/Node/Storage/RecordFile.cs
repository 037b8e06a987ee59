using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Storage;

/// <summary>
/// One append-only file of checksummed records. Opening it takes the file as it is; what in it is sound, torn or damaged says <see cref="RecordScan"/>, and the
/// owner decides. One writer; reads from any thread.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private readonly IStorageFile _file;

    /// <summary>Opens or makes the file.</summary>
    public RecordFile(IStorageFolder folder, string name, int maxLength)
    {
        Path = folder.Describe(name);
        Name = name;
        MaxLength = maxLength;
        _file = folder.Open(name);
        Length = _file.Length;
        FlushedLength = Length;
    }

    /// <summary>Where it lies, for messages.</summary>
    public string Path { get; }

    /// <summary>Its name in its folder.</summary>
    public string Name { get; }

    /// <summary>Most bytes of a payload.</summary>
    public int MaxLength { get; }

    /// <summary>Bytes in the file; what a failed append left half written does not count.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes known to be on the disk.</summary>
    public long FlushedLength { get; private set; }

    /// <summary>Adds a record, not yet flushed; returns its offset.</summary>
    public long Append(ulong tag, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(payload.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxLength);
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        RecordFrame.WriteHead(head, tag, payload.Span);
        var offset = Length;
        _file.Write(head, offset);
        _file.Write(payload.Span, offset + RecordFrame.HeadSize);
        Length = offset + RecordFrame.HeadSize + payload.Length;
        return offset;
    }

    /// <summary>Returns only once everything appended is on the disk.</summary>
    public void Flush()
    {
        _file.Flush();
        FlushedLength = Length;
    }

    /// <summary>Cuts the file, on the disk.</summary>
    public void Cut(long length)
    {
        _file.SetLength(length);
        Length = length;
        Flush();
    }

    /// <summary>
    /// Writes a record once more where it stands. After a flush that failed, a system may hand out from memory what never reached the disk; the same bytes
    /// again, flushed, bring it there, and can tear nothing.
    /// </summary>
    public void Rewrite(in FoundRecord record)
    {
        if (!TryRead(record.Offset, record.Tag, out var payload)) return;
        var end = Length;
        Length = record.Offset;
        Append(record.Tag, payload);
        Length = end;
    }

    /// <summary>Reads the record at <paramref name="offset"/>; false when it does not check out: another tag, a checksum that does not hold, a sector that cannot be read.</summary>
    public bool TryRead(long offset, ulong expectedTag, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        if (!TryFill(head, offset) || !RecordFrame.TryReadHead(head, MaxLength, out var record) || record.Tag != expectedTag) return false;
        var bytes = GC.AllocateUninitializedArray<byte>(record.Length);
        if (!TryFill(bytes, offset + RecordFrame.HeadSize) || RecordFrame.Checksum(bytes) != record.PayloadChecksum) return false;
        payload = bytes;
        return true;
    }

    /// <summary>Fills <paramref name="destination"/>; false at the end of the file and where the disk cannot read: damage like any other.</summary>
    public bool TryFill(Span<byte> destination, long offset)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                var read = _file.Read(destination, offset);
                if (read == 0) return false;
                destination = destination[read..];
                offset += read;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false; // disposed: the segment was archived meanwhile
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
