using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Blocks in append-only segment files (<c>&lt;first height&gt;.seg</c>). At open the heads of all records and the payloads of the last segment are checked; every read
/// checks its payload. A record that does not check out makes its height missing; a block healed from a peer goes to <c>healed.rec</c>, so that no sound neighbour is ever
/// written over (ADR 0015).
/// </summary>
internal sealed class SegmentBlockStore : IBlockStore
{
    /// <summary>A segment is sealed once it has this many bytes: small enough to archive and to check at open in under a second.</summary>
    public const long DefaultSegmentBytes = 64L * 1024 * 1024;

    private readonly IStorageFolder _folder;
    private readonly long _segmentBytes;
    private readonly SegmentLoader _loaded;
    private readonly BlockIndex _index;
    private readonly List<Segment> _segments;
    private RecordFile? _healed;
    private RecordFile? _tail;

    private SegmentBlockStore(IStorageFolder folder, long segmentBytes, SegmentLoader loaded)
    {
        _folder = folder;
        _segmentBytes = segmentBytes;
        _loaded = loaded;
        _index = loaded.Index;
        _segments = loaded.Segments;
        _healed = loaded.Healed;
        _tail = loaded.Tail;
    }

    /// <inheritdoc/>
    public Height? Head => _index.Head;

    /// <inheritdoc/>
    public Height Lowest => _index.Lowest;

    /// <inheritdoc/>
    public long Missing => _index.Missing;

    /// <summary>Opens the folder.</summary>
    public static SegmentBlockStore Open(IStorageFolder folder, long segmentBytes = DefaultSegmentBytes)
    {
        folder = GuardedFolder.Over(folder);
        return new SegmentBlockStore(folder, segmentBytes, SegmentLoader.Load(folder));
    }

    /// <inheritdoc/>
    public void Append(CommittedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var height = block.Block.Header.Height;
        if (Head is { } head && height <= head)
        {
            Heal(block);
            return;
        }

        if (Head is { } below && height != below.Next) throw new InvalidOperationException($"Block {height} does not follow block {below}.");
        if (_tail is null || _tail.Length >= _segmentBytes || (Head is null && _tail.Name != SegmentLoader.NameOf(height.Value))) AddSegment(height);
        var offset = _tail.Append(height.Value, block.Bytes);
        _tail.Flush();
        _index.BeginAt(height.Value);
        _index.Set(height.Value, _tail, offset);
    }

    /// <inheritdoc/>
    public void ExtendTo(ChainHead head)
    {
        _index.ExtendTo(head.Height.Value);
        _loaded.TakeUnsure(head);
    }

    /// <inheritdoc/>
    public bool TryOldest(Height below, out Height first, out Height last)
    {
        (first, last) = (Lowest, default);
        if (_segments.Count < 2 || _segments[1].First > below.Value || _segments[1].First <= first.Value) return false;
        last = new Height(_segments[1].First - 1);
        return _index.HighestMissing(last) is null;
    }

    /// <inheritdoc/>
    public void RemoveBelow(Height height)
    {
        if (Head is not { } head || height <= Lowest || height > head) return;

        // 1. A segment that stands on both sides is written anew from the height on.
        if (_segments.All(s => s.First != height.Value)) Split(height);

        // 2. Forgotten first, so that nobody reads what goes.
        _index.RemoveBelow(height);
        for (; _segments.Count > 1 && _segments[1].First <= height.Value; _segments.RemoveAt(0))
        {
            _segments[0].File.Dispose();
            _folder.Delete(_segments[0].File.Name);
        }

        _folder.FlushNames();
    }

    /// <inheritdoc/>
    public Height? HighestMissing(Height ceiling) => _index.HighestMissing(ceiling);

    /// <inheritdoc/>
    public bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = null;
        if (!_index.TryGet(height, out var place) || !TryReadAt(height, place, out var bytes)) return false;
        if (CommittedBlock.TryParse(bytes, out block) && block.Block.Header.Height == height) return true;
        _index.SetMissing(height, place);
        block = null;
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadBytes(Height height, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        return _index.TryGet(height, out var place) && TryReadAt(height, place, out bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var segment in _segments) segment.File.Dispose();
        _healed?.Dispose();
    }

    private bool TryReadAt(Height height, BlockIndex.Place place, out ReadOnlyMemory<byte> bytes)
    {
        var isSound = place.File!.TryRead(place.Offset, height.Value, out var payload);
        if (!isSound) _index.SetMissing(height, place);
        bytes = payload;
        return isSound;
    }

    private void Heal(CommittedBlock block)
    {
        var height = block.Block.Header.Height;
        if (height < Lowest) return;
        if (TryRead(height, out var held))
        {
            if (held.Block.Header.Digest == block.Block.Header.Digest) return;
            throw new NodeFaultException($"Two blocks were decided at height {height}: {held.Block.Header.Digest} is stored, {block.Block.Header.Digest} is certified. Keep the data of every node and examine the validators' keys.");
        }

        _healed ??= Create(SegmentLoader.HealedName);
        var offset = _healed.Append(height.Value, block.Bytes);
        _healed.Flush();
        _index.Set(height.Value, _healed, offset);
    }

    private void Split(Height height)
    {
        var at = _segments.FindLastIndex(s => s.First < height.Value);
        var last = at + 1 < _segments.Count ? _segments[at + 1].First - 1 : Head!.Value.Value;
        var name = SegmentLoader.NameOf(height.Value);
        using (var writing = new RecordFile(_folder, name + ".new", CommittedBlock.MaxBytes))
        {
            writing.Cut(0); // left by a crash
            for (var h = height; h.Value <= last; h = h.Next)
                if (TryReadBytes(h, out var bytes))
                    writing.Append(h.Value, bytes);
            writing.Flush();
        }

        _folder.Move(name + ".new", name);
        _folder.FlushNames();
        var file = new RecordFile(_folder, name, CommittedBlock.MaxBytes);
        foreach (var record in RecordScan.Of(file, checkPayloads: false).Records) _index.Set(record.Tag, file, record.Offset);
        if (_tail == _segments[at].File) _tail = file;
        _segments.Insert(at + 1, new Segment(height.Value, file));
    }

    [MemberNotNull(nameof(_tail))]
    private void AddSegment(Height first)
    {
        var name = SegmentLoader.NameOf(first.Value);
        if (Head is null) DropSegments(); // of a beginning that came to nothing
        if (_folder.Exists(name)) _folder.Move(name, name + ".damaged"); // of it nothing could be read
        _tail = Create(name);
        _segments.Add(new Segment(first.Value, _tail));
    }

    private RecordFile Create(string name)
    {
        var file = new RecordFile(_folder, name, CommittedBlock.MaxBytes);
        file.Flush();
        _folder.FlushNames(); // a file's own flush does not cover its name
        return file;
    }

    private void DropSegments()
    {
        foreach (var segment in _segments)
        {
            segment.File.Dispose();
            if (segment.File.Length == 0) _folder.Delete(segment.File.Name);
            else _folder.Move(segment.File.Name, segment.File.Name + ".damaged");
        }

        _segments.Clear();
    }
}
