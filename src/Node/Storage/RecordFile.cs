using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Storage;

/// <summary>
/// One append-only file of checksummed records. A record that was being written when the machine died is cut off at open; anything else that does
/// not check out throws <see cref="CorruptStorageException"/>. One writer; reads from any thread.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private const int ScanBuffer = 64 * 1024;

    private readonly IStorageFile _file;
    private readonly int _maxLength;

    private RecordFile(string path, IStorageFile file, int maxLength)
    {
        Path = path;
        _file = file;
        _maxLength = maxLength;
        Length = file.Length;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Bytes that hold whole records.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Opens or makes a file and passes the head and offset of each record to <paramref name="onRecord"/>. With <paramref name="isTail"/> the payloads
    /// are checked too and a torn end is cut; a sealed file may have none.
    /// </summary>
    public static RecordFile Open(IStorageFolder folder, string name, int maxLength, bool isTail, Action<RecordHead, long> onRecord)
    {
        var file = new RecordFile(folder.Describe(name), folder.Open(name), maxLength);
        try
        {
            file.Scan(isTail, onRecord);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a record, not yet flushed; returns its offset. After a failed write the file ends where it did: what was half written is cut at the next open.</summary>
    public long Append(ulong tag, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(payload.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, _maxLength);
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        RecordFrame.WriteHead(head, tag, payload.Span);
        var offset = Length;
        _file.Write(head, offset);
        _file.Write(payload.Span, offset + RecordFrame.HeadSize);
        Length = offset + RecordFrame.HeadSize + payload.Length;
        return offset;
    }

    /// <summary>Returns only once everything appended is on the disk.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Reads the record at <paramref name="offset"/>; throws <see cref="CorruptStorageException"/> when it does not check out.</summary>
    public byte[] Read(long offset, ulong expectedTag)
    {
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        if (!TryFill(head, offset) || !RecordFrame.TryReadHead(head, _maxLength, out var record) || record.Tag != expectedTag) throw Corrupt(offset);
        var payload = GC.AllocateUninitializedArray<byte>(record.Length);
        if (!TryFill(payload, offset + RecordFrame.HeadSize) || RecordFrame.Checksum(payload) != record.PayloadChecksum) throw Corrupt(offset);
        return payload;
    }

    /// <summary>Forgets every record.</summary>
    public void Clear() => Cut(0);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Scan(bool isTail, Action<RecordHead, long> onRecord)
    {
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        var end = Length;
        for (var offset = 0L; offset < end;)
        {
            if (end - offset < RecordFrame.HeadSize || !TryFill(head, offset) || !RecordFrame.TryReadHead(head, _maxLength, out var record))
            {
                CutTornTail(isTail, offset, end, isTorn: end - offset < RecordFrame.HeadSize || IsZero(offset, end));
                return;
            }

            var next = offset + RecordFrame.HeadSize + record.Length;
            if (next > end || (isTail && !IsIntact(offset, record)))
            {
                CutTornTail(isTail, offset, end, isTorn: next >= end); // whole records behind it: no torn write, a damaged disk
                return;
            }

            onRecord(record, offset);
            offset = next;
        }
    }

    private void CutTornTail(bool isTail, long offset, long end, bool isTorn)
    {
        if (!isTail || !isTorn || offset > end) throw Corrupt(offset);
        Cut(offset);
    }

    private void Cut(long length)
    {
        _file.SetLength(length);
        _file.Flush();
        Length = length;
    }

    private bool IsIntact(long offset, RecordHead record)
    {
        var payload = GC.AllocateUninitializedArray<byte>(record.Length);
        return TryFill(payload, offset + RecordFrame.HeadSize) && RecordFrame.Checksum(payload) == record.PayloadChecksum;
    }

    // A file system may have extended the file without writing the bytes.
    private bool IsZero(long offset, long end)
    {
        var buffer = new byte[ScanBuffer];
        while (offset < end)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(ScanBuffer, end - offset));
            if (!TryFill(piece, offset) || piece.ContainsAnyExcept((byte)0)) return false;
            offset += piece.Length;
        }

        return true;
    }

    private bool TryFill(Span<byte> destination, long offset)
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

    private CorruptStorageException Corrupt(long offset) =>
        new($"{Path} is damaged at byte {offset.ToString(System.Globalization.CultureInfo.InvariantCulture)}: the record there does not match its checksum. "
            + "Restore the file from a copy, or empty the data directory and let the node fetch the chain from its peers.");
}
