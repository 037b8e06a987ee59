using System.Buffers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// An append-only Merkle log of opaque records (RFC 9162 trees with SM3). An index is returned only when its record is on disk. Safe from any
/// thread; appends wait for each other, reads do not wait for the disk flush of an append.
/// </summary>
public sealed class AccessLogStore : IDisposable
{
    /// <summary>Largest record: 16 KiB, several times an access with every attribute of a licence.</summary>
    public const int MaxRecordBytes = 16 * 1024;

    /// <summary>Most records flushed together.</summary>
    public const int MaxBatch = 4096;

    /// <summary>Most records of one log: their offsets stand in memory, 8 bytes each. A log that nears it is closed and a new one begun.</summary>
    public const int MaxRecords = 200_000_000;

    private const string RecordsName = "records";

    private readonly Lock _appending = new();
    private readonly Lock _state = new();
    private readonly ILogFile _records;
    private readonly HashTiles _tiles;
    private readonly TiledTree _tree;
    private readonly List<long> _offsets = [];
    private long _end;
    private bool _failed;

    private AccessLogStore(ILogFile records, HashTiles tiles)
    {
        _records = records;
        _tiles = tiles;
        _tree = new TiledTree(tiles);
    }

    /// <summary>Bytes of a torn, never confirmed tail that opening cut away; 0 after a clean stop.</summary>
    public long DroppedBytes { get; private set; }

    /// <summary>Number of records.</summary>
    public ulong Size
    {
        get
        {
            lock (_state) return (ulong)_offsets.Count;
        }
    }

    /// <summary>
    /// Opens or begins a log: reads and checks every record (about 200 MB a second), cuts a torn tail, makes the tiles again. Throws
    /// <see cref="AccessLogDamagedException"/> when a confirmed record is missing or changed. <paramref name="visitor"/> sees each record.
    /// </summary>
    public static AccessLogStore Open(ILogFiles files, LogRecordVisitor? visitor = null)
    {
        var records = files.Open(RecordsName);
        HashTiles? tiles = null;
        try
        {
            tiles = new HashTiles(files);
            var store = new AccessLogStore(records, tiles);
            store.Recover(visitor);
            return store;
        }
        catch
        {
            tiles?.Dispose();
            records.Dispose();
            throw;
        }
    }

    /// <summary>Appends one record of 1 to <see cref="MaxRecordBytes"/> bytes; returns its index once it is on disk.</summary>
    public ulong Append(ReadOnlySpan<byte> record) => AppendBatch([record.ToArray()]);

    /// <summary>Appends 1 to <see cref="MaxBatch"/> records with one flush; returns the index of the first. After an I/O error the store takes no more.</summary>
    public ulong AppendBatch(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        if (records.Count is 0 or > MaxBatch) throw new ArgumentException($"A batch has 1 to {MaxBatch} records.", nameof(records));
        if (records.Any(r => r.Length is 0 or > MaxRecordBytes)) throw new ArgumentException($"A record has 1 to {MaxRecordBytes} bytes.", nameof(records));
        lock (_appending)
        {
            if (_failed) throw new InvalidOperationException("The access log failed to write before; restart the service once the disk is well.");
            var first = Size;
            if (first + (ulong)records.Count > MaxRecords) throw new InvalidOperationException($"The access log holds {MaxRecords} records: begin a new one.");
            var total = records.Sum(record => LogFrame.HeaderBytes + record.Length);
            var buffer = ArrayPool<byte>.Shared.Rent(total);
            try
            {
                _failed = true; // until proven otherwise: what a failed write left is only sorted out at the next start
                var hashes = new Hash256[records.Count];
                var offsets = new long[records.Count];
                var at = 0;
                for (var i = 0; i < records.Count; i++)
                {
                    offsets[i] = _end + at;
                    at += LogFrame.Write(buffer.AsSpan(at), first + (ulong)i, first, records[i].Span, out hashes[i]);
                }

                _records.Write(_end, buffer.AsSpan(0, total));
                _records.Flush();
                Publish(offsets, hashes, _end + total);
                _failed = false;
                return first;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Size and root now.</summary>
    public LogCheckpoint Checkpoint()
    {
        lock (_state) return new LogCheckpoint((ulong)_offsets.Count, _tree.Root((ulong)_offsets.Count));
    }

    /// <summary>Size and root as they were at <paramref name="size"/>; throws for a size that the log has not reached.</summary>
    public LogCheckpoint CheckpointAt(ulong size)
    {
        lock (_state)
        {
            ThrowUnlessReached(size);
            return new LogCheckpoint(size, _tree.Root(size));
        }
    }

    /// <summary>The path from record <paramref name="index"/> to the root at <paramref name="size"/>; throws unless index &lt; size ≤ the log's size.</summary>
    public Hash256[] InclusionProof(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        lock (_state)
        {
            ThrowUnlessReached(size);
            return _tree.InclusionPath(index, size);
        }
    }

    /// <summary>What shows that the log at <paramref name="oldSize"/> is a beginning of the log at <paramref name="newSize"/>; throws unless old ≤ new ≤ the log's size.</summary>
    public Hash256[] ConsistencyProof(ulong oldSize, ulong newSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        lock (_state)
        {
            ThrowUnlessReached(newSize);
            return _tree.ConsistencyPath(oldSize, newSize);
        }
    }

    /// <summary>The exact bytes of a record, checked against the tree; throws for an index that the log has not reached.</summary>
    public byte[] Read(ulong index)
    {
        long offset;
        Hash256 expected;
        lock (_state)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, (ulong)_offsets.Count);
            offset = _offsets[(int)index];
            var within = (int)(index % HashTiles.Width);
            expected = _tiles.Tile(0, index / HashTiles.Width, within + 1)[within];
        }

        Span<byte> header = stackalloc byte[LogFrame.HeaderBytes];
        _records.Read(offset, header);
        if (!LogFrame.TryRead(header, out var frame)) throw Changed(index);
        var record = new byte[frame.Length];
        _records.Read(offset + LogFrame.HeaderBytes, record);
        return MerkleTree.LeafHash(record) == expected ? record : throw Changed(index);
    }

    /// <summary>The first <paramref name="width"/> hashes (1 to 256) of a tile, 32 bytes each: what C2SP tlog-tiles serves. Throws when the log is not that long.</summary>
    public byte[] Tile(int level, ulong number, int width)
    {
        lock (_state) return System.Runtime.InteropServices.MemoryMarshal.AsBytes(_tiles.Tile(level, number, width)).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_appending)
        {
            lock (_state)
            {
                _failed = true;
                _tiles.Dispose();
                _records.Dispose();
            }
        }
    }

    private void Recover(LogRecordVisitor? visitor)
    {
        _records.Flush(); // what the last process wrote may stand in memory only, and the tiles must not run ahead of it
        var scan = new LogScan(_records);
        var hashes = new List<Hash256>(MaxBatch);
        scan.Run(Found, visitor);
        AppendHashes();
        if (_tiles.KnownLeaves > scan.Count)
            throw new AccessLogDamagedException($"The access log holds {scan.Count} sound records and once held at least {_tiles.KnownLeaves}. Restore the folder from its copy: an entry that was confirmed must not vanish.");
        DroppedBytes = _records.Length - scan.End;
        if (DroppedBytes > 0)
        {
            _records.Truncate(scan.End);
            _records.Flush();
        }

        _tiles.TrimFiles();
        _end = scan.End;

        void Found(long offset, LogFrame frame)
        {
            if (_offsets.Count >= MaxRecords) throw new InvalidOperationException($"The access log holds more than {MaxRecords} records.");
            _offsets.Add(offset);
            hashes.Add(frame.LeafHash);
            if (hashes.Count == MaxBatch) AppendHashes();
        }

        void AppendHashes()
        {
            _tiles.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(hashes));
            hashes.Clear();
        }
    }

    private void Publish(long[] offsets, Hash256[] hashes, long end)
    {
        lock (_state)
        {
            _tiles.Append(hashes);
            _offsets.AddRange(offsets);
            _end = end;
        }
    }

    private void ThrowUnlessReached(ulong size)
    {
        if (size > (ulong)_offsets.Count) throw new ArgumentOutOfRangeException(nameof(size), size, "The log is not that long yet.");
    }

    private static AccessLogDamagedException Changed(ulong index) =>
        new($"Record {index} of the access log has changed on disk since the service started. Stop it and restore the folder from its copy.");
}
