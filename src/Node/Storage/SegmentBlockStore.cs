using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Blocks in append-only segment files (<c>&lt;first height&gt;.seg</c>), with an index by height in memory (16 bytes a block). At open the heads of
/// all records and the payloads of the last segment are checked; every read checks its payload.
/// </summary>
internal sealed class SegmentBlockStore : IBlockStore
{
    /// <summary>A segment is sealed once it has this many bytes: small enough to archive and to check at open in under a second.</summary>
    public const long DefaultSegmentBytes = 64L * 1024 * 1024;

    private const string Suffix = ".seg";

    private readonly IStorageFolder _folder;
    private readonly long _segmentBytes;
    private readonly Lock _lock = new();
    private readonly List<RecordFile> _segments = [];
    private readonly List<(int Segment, long Offset)> _index = [];
    private ulong _lowest;

    private SegmentBlockStore(IStorageFolder folder, long segmentBytes) => (_folder, _segmentBytes) = (folder, segmentBytes);

    /// <inheritdoc/>
    public Height? Head
    {
        get
        {
            lock (_lock) return _index.Count == 0 ? null : new Height(_lowest + (ulong)_index.Count - 1);
        }
    }

    /// <inheritdoc/>
    public Height Lowest
    {
        get
        {
            lock (_lock) return new Height(_lowest);
        }
    }

    /// <summary>Opens the folder; throws <see cref="CorruptStorageException"/> when a block is damaged or missing in the middle.</summary>
    public static SegmentBlockStore Open(IStorageFolder folder, long segmentBytes = DefaultSegmentBytes)
    {
        var store = new SegmentBlockStore(folder, segmentBytes);
        try
        {
            var names = folder.Names(Suffix);
            for (var i = 0; i < names.Count; i++) store.OpenSegment(names[i], isTail: i == names.Count - 1);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(CommittedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var height = block.Block.Header.Height.Value;
        var expected = Head is { } head ? head.Value + 1 : height;
        if (height != expected) throw new InvalidOperationException($"Block {height} does not follow block {expected - 1}.");
        if (_segments.Count == 0 || _segments[^1].Length >= _segmentBytes) AddSegment(height);
        var segment = _segments[^1];
        var offset = segment.Append(height, block.Bytes);
        segment.Flush();
        lock (_lock)
        {
            if (_index.Count == 0) _lowest = height;
            _index.Add((_segments.Count - 1, offset));
        }
    }

    /// <inheritdoc/>
    public bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = null;
        if (!TryReadBytes(height, out var bytes)) return false;
        return CommittedBlock.TryParse(bytes, out block) && block.Block.Header.Height == height
            ? true
            : throw new CorruptStorageException($"{_folder.Describe("")} holds at height {height} something that is no block of that height.");
    }

    /// <inheritdoc/>
    public bool TryReadBytes(Height height, out ReadOnlyMemory<byte> bytes)
    {
        RecordFile segment;
        long offset;
        lock (_lock)
        {
            bytes = default;
            if (height.Value < _lowest || height.Value - _lowest >= (ulong)_index.Count) return false;
            (var number, offset) = _index[(int)(height.Value - _lowest)];
            segment = _segments[number];
        }

        bytes = segment.Read(offset, height.Value);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var segment in _segments) segment.Dispose();
    }

    private void OpenSegment(string name, bool isTail)
    {
        var number = _segments.Count;
        _segments.Add(RecordFile.Open(_folder, name, CommittedBlock.MaxBytes, isTail, (record, offset) =>
        {
            if (_index.Count == 0) _lowest = record.Tag;
            if (record.Tag != _lowest + (ulong)_index.Count)
                throw new CorruptStorageException($"{_folder.Describe(name)} holds block {record.Tag} where block {_lowest + (ulong)_index.Count} belongs: a segment is missing or was changed.");
            _index.Add((number, offset));
        }));
    }

    private void AddSegment(ulong firstHeight)
    {
        var name = firstHeight.ToString("D20", CultureInfo.InvariantCulture) + Suffix;
        var segment = RecordFile.Open(_folder, name, CommittedBlock.MaxBytes, isTail: true, static (_, _) => { });
        segment.Clear();
        lock (_lock) _segments.Add(segment);
        _folder.FlushNames(); // a file's own flush does not cover its name
    }
}
