using System.Buffers;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Walks a record file from its beginning. Where a head does not check out it searches on, byte by byte, for a whole record: what is behind a damaged sector is not lost.
/// </summary>
internal sealed class RecordScan
{
    private const int SearchBuffer = 256 * 1024;

    // Heads behind a gap that turn out to be none. Chance makes one in four billion bytes; whoever put them there on purpose costs at most half a second.
    private const int MaxFalseHeads = 1_000;

    private readonly RecordFile _file;
    private readonly List<FoundRecord> _records = [];

    private RecordScan(RecordFile file) => _file = file;

    /// <summary>What was found, by offset. Behind a gap only records whose payload checks out.</summary>
    public IReadOnlyList<FoundRecord> Records => _records;

    /// <summary>Where the first head that does not check out stands; null when the file is framed from beginning to end.</summary>
    public long? Gap { get; private set; }

    /// <summary>Where the last record found ends.</summary>
    public long End => _records.Count == 0 ? 0 : _records[^1].End;

    /// <summary>Scans a file. Without <paramref name="checkPayloads"/> only the heads before a gap are read.</summary>
    public static RecordScan Of(RecordFile file, bool checkPayloads)
    {
        var scan = new RecordScan(file);
        scan.Run(checkPayloads);
        return scan;
    }

    private void Run(bool checkPayloads)
    {
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        var falseHeads = 0;
        for (var offset = 0L; offset < _file.Length && falseHeads < MaxFalseHeads;)
        {
            if (!_file.TryFill(head, offset) || !TryRecord(head, offset, checkPayloads, out var record))
            {
                if (Gap is not null) falseHeads++;
                Gap ??= offset;
                offset = NextCandidate(offset + 1);
                continue;
            }

            _records.Add(record);
            offset = record.End;
        }
    }

    private bool TryRecord(ReadOnlySpan<byte> head, long offset, bool checkPayloads, out FoundRecord found)
    {
        found = default;
        if (!RecordFrame.TryReadHead(head, _file.MaxLength, out var record)) return false;
        var end = offset + RecordFrame.HeadSize + record.Length;
        if (end > _file.Length) return false;
        var isIntact = (!checkPayloads && Gap is null) || _file.TryRead(offset, record.Tag, out _);
        found = new FoundRecord(record.Tag, offset, end, isIntact, Gap is not null);
        return isIntact || Gap is null;
    }

    // The next offset whose bytes have a head's checksum; the file's length when there is none.
    private long NextCandidate(long from)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SearchBuffer);
        try
        {
            while (from + RecordFrame.HeadSize <= _file.Length)
            {
                var size = (int)long.Min(SearchBuffer, _file.Length - from);
                if (!_file.TryFill(buffer.AsSpan(0, size), from)) buffer.AsSpan(0, size).Clear(); // unreadable: nothing in there
                for (var i = 0; i + RecordFrame.HeadSize <= size; i++)
                    if (RecordFrame.TryReadHead(buffer.AsSpan(i, RecordFrame.HeadSize), _file.MaxLength, out _))
                        return from + i;
                from += size - RecordFrame.HeadSize + 1;
            }

            return _file.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
