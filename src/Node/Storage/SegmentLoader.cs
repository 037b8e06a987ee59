using System.Globalization;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Opens the segment files and finds out what each height's record is worth.</summary>
internal sealed class SegmentLoader
{
    /// <summary>Blocks healed from peers; there only once something was damaged.</summary>
    public const string HealedName = "healed.rec";

    private const string Suffix = ".seg";

    private readonly IStorageFolder _folder;

    // Records found by searching behind damage: taken only where the block above names them as its parent.
    private readonly List<(RecordFile File, FoundRecord Record)> _unsure = [];

    private SegmentLoader(IStorageFolder folder) => _folder = folder;

    /// <summary>Where each height stands.</summary>
    public BlockIndex Index { get; } = new();

    /// <summary>The files, ascending.</summary>
    public List<Segment> Segments { get; } = [];

    /// <summary>Blocks healed from peers, in the order they came; null before the first.</summary>
    public RecordFile? Healed { get; private set; }

    /// <summary>The file that takes the next block; null when a new one must be begun.</summary>
    public RecordFile? Tail { get; private set; }

    /// <summary>The name of the segment that begins at a height.</summary>
    public static string NameOf(ulong first) => first.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    /// <summary>Opens the folder.</summary>
    public static SegmentLoader Load(IStorageFolder folder)
    {
        var loader = new SegmentLoader(folder);
        try
        {
            loader.LoadSegments();
            loader.LoadHealed();
            loader.TakeUnsure(null);
            return loader;
        }
        catch
        {
            foreach (var segment in loader.Segments) segment.File.Dispose();
            loader.Healed?.Dispose();
            throw;
        }
    }

    private void LoadSegments()
    {
        var firsts = new List<ulong>();
        foreach (var name in _folder.Names(Suffix))
            if (ulong.TryParse(name.AsSpan(0, name.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first) && NameOf(first) == name)
                firsts.Add(first);
        if (firsts.Count > 0) Index.BeginAt(firsts[0]);
        for (var i = 0; i < firsts.Count; i++)
        {
            var segment = new Segment(firsts[i], new RecordFile(_folder, NameOf(firsts[i]), CommittedBlock.MaxBytes));
            Segments.Add(segment);
            if (i < firsts.Count - 1) LoadSealed(segment, firsts[i + 1] - 1);
            else LoadTail(segment);
        }
    }

    private void LoadSealed(Segment segment, ulong last)
    {
        Place(segment, RecordScan.Of(segment.File, checkPayloads: false), last);
        Index.ExtendTo(last); // the next segment's name shows that they were stored
    }

    private void LoadTail(Segment segment)
    {
        var file = segment.File;
        var scan = RecordScan.Of(file, checkPayloads: true);
        var isDamaged = scan.Records.Any(r => r.IsAfterGap);

        // 1. What the crash tore is cut: the last record, or bytes at the end that are none. Each block is flushed before the next is written, so no more than one is torn.
        var isTorn = scan.Gap is null && scan.Records.Count > 0 && !scan.Records[^1].IsIntact;
        var sound = isTorn ? scan.Records[^1].Offset : scan.End;
        if (sound < file.Length) file.Cut(sound);

        // 2. What is left stands; the last of it may never have reached the disk.
        if (scan.Records.Count > 0 && !isTorn) file.Rewrite(scan.Records[^1]);
        file.Flush();
        Place(segment, scan, ulong.MaxValue, until: sound);

        // 3. A file with a gap takes no more: what is behind the gap may yet turn out to be ours.
        if (!isDamaged) Tail = file;
    }

    private void Place(Segment segment, RecordScan scan, ulong last, long until = long.MaxValue)
    {
        var next = segment.First;
        foreach (var record in scan.Records)
        {
            if (record.Offset >= until) return;
            if (record.Tag < next || record.Tag > last) continue; // no head of ours: a height comes once, in order
            if (record.IsAfterGap)
            {
                _unsure.Add((segment.File, record));
                continue;
            }

            if (record.IsIntact) Index.Set(record.Tag, segment.File, record.Offset);
            else Index.ExtendTo(record.Tag);
            next = record.Tag + 1;
        }
    }

    // Healed blocks were checked against the chain before they were written; what is damaged of them is fetched once more.
    private void LoadHealed()
    {
        if (!_folder.Exists(HealedName)) return;
        Healed = new RecordFile(_folder, HealedName, CommittedBlock.MaxBytes);
        var scan = RecordScan.Of(Healed, checkPayloads: true);
        foreach (var record in scan.Records)
            if (record.IsIntact && !record.IsAfterGap)
                Index.Set(record.Tag, Healed, record.Offset);
        if (scan.Gap is { } gap) Healed.Cut(gap);
        if (scan.Records.All(r => r.Tag < Index.Lowest.Value)) Healed.Cut(0); // archived since
        Healed.Flush();
    }

    /// <summary>Takes what stands behind a gap where the block above, or <paramref name="head"/>, names it.</summary>
    public void TakeUnsure(ChainHead? head)
    {
        for (var i = _unsure.Count - 1; i >= 0; i--)
        {
            var (file, record) = _unsure[i];
            if (!Index.TryGet(new Height(record.Tag), out _) && IsOurs(file, record, head)) Index.Set(record.Tag, file, record.Offset);
        }
    }

    private bool IsOurs(RecordFile file, FoundRecord record, ChainHead? head) =>
        TryDigest(record.Tag, head, out var digest)
        && file.TryRead(record.Offset, record.Tag, out var own) && CommittedBlock.TryParse(own, out var block)
        && block.Block.Header.Height.Value == record.Tag && block.Block.Header.Digest == digest;

    private bool TryDigest(ulong height, ChainHead? head, out Hash256 digest)
    {
        digest = default;
        if (head is not null && head.Height.Value == height)
        {
            digest = head.Header.Digest;
            return true;
        }

        if (!Index.TryGet(new Height(height + 1), out var above) || !above.File!.TryRead(above.Offset, height + 1, out var bytes) || !CommittedBlock.TryParse(bytes, out var child)) return false;
        digest = child.Block.Header.Fields.Parent;
        return true;
    }
}
