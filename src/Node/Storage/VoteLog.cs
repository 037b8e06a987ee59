using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The vote log in one file of checksummed records. A record's tag is the file's length that was on the disk when it was written: a record that does not check
/// out was torn by the crash if all behind it were written with it, and is damage if one behind it came later. So that the last one, too, has one behind it, a record without a
/// vote follows each flush and is itself flushed with the next: rot in the last vote is damage then, unless the power failed before the system wrote those few bytes out. Beside the file stands <c>&lt;file&gt;.lost</c> once a log was found missing or
/// damaged; it goes when governance lets the key vote again (C-RESTART).
/// </summary>
internal sealed class VoteLog : IVoteLog
{
    /// <summary>A record holds at most a message and the block that it depended on.</summary>
    public const int MaxRecordBytes = ProtocolLimits.MaxMessageBytes * 2;

    /// <summary>Writing the file anew costs two flushes, so it is let grow over some blocks.</summary>
    public const long DefaultPruneBytes = 16L * 1024 * 1024;

    // A record that says by its tag that all before it was flushed, and nothing else.
    private static readonly byte[] Confirmation = [0xFF];

    private readonly long _pruneBytes;
    private readonly IStorageFolder _folder;
    private readonly string _name;
    private readonly Action? _beforeFirstVote;
    private readonly List<long> _ofHighest = [];
    private RecordFile _file;
    private Height _highest;
    private bool _hasVoted;
    private bool _isConfirmed;

    private VoteLog(IStorageFolder folder, string name, RecordFile file, IReadOnlyList<WalRecordMessage> recovered, IReadOnlyList<long> offsets, Action? beforeFirstVote, long pruneBytes)
    {
        _pruneBytes = pruneBytes;
        _folder = folder;
        _name = name;
        _beforeFirstVote = beforeFirstVote;
        _file = file;
        Recovered = recovered;
        WasLost = VoteLossMarker.Stands(folder, name);
        SeenSinceLoss = VoteLossMarker.ReadSeen(folder, name);
        for (var i = 0; i < recovered.Count; i++) Note(recovered[i], offsets[i]);
        Confirm();
    }

    /// <inheritdoc/>
    public IReadOnlyList<WalRecordMessage> Recovered { get; }

    /// <inheritdoc/>
    public bool WasLost { get; private set; }

    /// <inheritdoc/>
    public Height? SeenSinceLoss { get; private set; }

    /// <summary>
    /// Opens or makes the log. With <paramref name="mustExist"/> (the node has run, or its key has voted, before) a missing file is a lost log.
    /// <paramref name="beforeFirstVote"/> runs once, before the first vote that is appended.
    /// </summary>
    public static VoteLog Open(IStorageFolder folder, string name, bool mustExist, Action? beforeFirstVote = null, long pruneBytes = DefaultPruneBytes)
    {
        folder = GuardedFolder.Over(folder);
        if (mustExist && !folder.Exists(name)) VoteLossMarker.Write(folder, name);
        var file = new RecordFile(folder, name, MaxRecordBytes);
        if (!TryRecover(file, out var offsets, out var records))
        {
            VoteLossMarker.Write(folder, name);
            file.Dispose();
            folder.Move(name, name + ".damaged"); // kept for whoever examines the loss
            file = new RecordFile(folder, name, MaxRecordBytes);
        }

        file.Flush();
        folder.FlushNames();
        return new VoteLog(folder, name, file, records, offsets, beforeFirstVote, pruneBytes);
    }

    /// <inheritdoc/>
    public void Append(WalRecordMessage record)
    {
        if (!_hasVoted) _beforeFirstVote?.Invoke();
        _hasVoted = true;
        _isConfirmed = false;
        Note(record, _file.Append((ulong)_file.FlushedLength, record.ToByteArray()));
    }

    /// <inheritdoc/>
    public void NoteSeen(Height decided)
    {
        if (SeenSinceLoss is not null) return;
        VoteLossMarker.Write(_folder, _name, decided);
        (WasLost, SeenSinceLoss) = (true, decided);
    }

    /// <inheritdoc/>
    public void Readmit()
    {
        VoteLossMarker.Remove(_folder, _name);
        (WasLost, SeenSinceLoss) = (false, null);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _file.Flush();
        Confirm();
    }

    /// <inheritdoc/>
    public void Prune(Height decided)
    {
        if (_file.Length < _pruneBytes || _highest > decided) return;

        // What was signed at the highest height stays, so that the log still says up to where this key has voted: should the last blocks be lost to
        // damage, no other vote is made at those heights.
        var next = _name + ".new";
        _folder.Delete(next);
        using (var file = new RecordFile(_folder, next, MaxRecordBytes))
        {
            foreach (var offset in _ofHighest) file.Append(0, Read(offset));
            file.Flush();
        }

        _file.Dispose();
        _folder.Move(next, _name);
        _folder.FlushNames();
        _file = new RecordFile(_folder, _name, MaxRecordBytes);
        _ofHighest.Clear();
        _ofHighest.AddRange(RecordScan.Of(_file, checkPayloads: false).Records.Select(r => r.Offset));
        _isConfirmed = false;
        Confirm();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Not flushed: it costs a vote nothing, and is on the disk seconds later.
    private void Confirm()
    {
        if (_isConfirmed || _file.Length == 0) return;
        _file.Append((ulong)_file.FlushedLength, Confirmation);
        _isConfirmed = true;
    }

    // A record of no height counts as damage wherever the log is read, so it stays for good.
    private void Note(WalRecordMessage record, long offset)
    {
        var height = MessageVerifier.TryPeekHeight(record.Message.Memory, out var known) ? known : new Height(ulong.MaxValue);
        if (height > _highest) _ofHighest.Clear();
        if (height < _highest) return;
        _highest = height;
        _ofHighest.Add(offset);
    }

    private byte[] Read(long offset)
    {
        Span<byte> head = stackalloc byte[RecordFrame.HeadSize];
        return _file.TryFill(head, offset) && RecordFrame.TryReadHead(head, MaxRecordBytes, out var record) && _file.TryRead(offset, record.Tag, out var payload)
            ? payload
            : throw new CorruptStorageException($"{_file.Path} is damaged at byte {offset}: a vote that was written does not read back. Start the node again: it then knows the log as lost.");
    }

    // False when something that was flushed does not check out.
    private static bool TryRecover(RecordFile file, out List<long> offsets, out List<WalRecordMessage> records)
    {
        (offsets, records) = ([], []);
        var scan = RecordScan.Of(file, checkPayloads: true);
        var end = long.Min(scan.Gap ?? file.Length, scan.Records.Where(r => !r.IsIntact).Select(r => r.Offset).DefaultIfEmpty(file.Length).First());
        if (scan.Records.Any(r => r.IsIntact && r.Offset > end && r.Tag > (ulong)end)) return false;
        foreach (var found in scan.Records.TakeWhile(r => r.Offset < end))
        {
            if (!file.TryRead(found.Offset, found.Tag, out var bytes)) bytes = [];
            if (bytes.AsSpan().SequenceEqual(Confirmation)) continue;
            if (bytes.Length == 0 || !CanonicalProto.TryParse(WalRecordMessage.Parser, bytes, MaxRecordBytes, out var record))
            {
                (offsets, records) = ([], []);
                return false;
            }

            file.Rewrite(found);
            offsets.Add(found.Offset);
            records.Add(record);
        }

        if (end < file.Length) file.Cut(end);
        return true;
    }
}
