using System.Globalization;
using System.Text;
using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The vote log in one file of checksummed records. Beside it stands <c>&lt;file&gt;.lost</c> once a log was found missing or damaged; it goes when governance
/// lets the key vote again (C-RESTART).
/// </summary>
internal sealed class VoteLog : IVoteLog
{
    /// <summary>A record holds at most a message and the block that it depended on.</summary>
    public const int MaxRecordBytes = ProtocolLimits.MaxMessageBytes * 2;

    // Cutting the file costs a flush, so it is let grow over some blocks.
    private const long PruneBytes = 16L * 1024 * 1024;

    // The marker's text, and what ends it before the height in 20 digits.
    private const string LossText = "The vote log was lost: this node observes and does not vote until governance lets its key.\n";
    private const int MaxMarkerBytes = 512;
    private const string SeenLabel = "Decided since, as this node saw it: height ";
    private const int SeenDigits = 20;

    private readonly IStorageFolder _folder;
    private readonly string _marker;
    private readonly Action? _beforeFirstVote;
    private readonly RecordFile _file;
    private Height _highest;
    private bool _hasVoted;

    private VoteLog(IStorageFolder folder, string marker, RecordFile file, IReadOnlyList<WalRecordMessage> recovered, Action? beforeFirstVote)
    {
        (_folder, _marker, _file, _beforeFirstVote) = (folder, marker, file, beforeFirstVote);
        Recovered = recovered;
        WasLost = folder.Exists(marker);
        SeenSinceLoss = WasLost ? ReadSeen(folder, marker) : null;
        foreach (var record in recovered) Note(record);
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
    public static VoteLog Open(IStorageFolder folder, string name, bool mustExist, Action? beforeFirstVote = null)
    {
        var marker = name + ".lost";
        if (mustExist && !folder.Exists(name)) Mark(folder, marker);
        List<WalRecordMessage>? records = null;
        var file = TryOpen(folder, name, ref records);
        if (file is null)
        {
            Mark(folder, marker);
            folder.Move(name, name + ".damaged"); // kept for whoever examines the loss
            file = TryOpen(folder, name, ref records) ?? throw new CorruptStorageException($"{folder.Describe(name)} cannot be made anew.");
        }

        file.Flush();
        folder.FlushNames();
        return new VoteLog(folder, marker, file, records!, beforeFirstVote);
    }

    /// <inheritdoc/>
    public void Append(WalRecordMessage record)
    {
        if (!_hasVoted) _beforeFirstVote?.Invoke();
        _hasVoted = true;
        _file.Append(0, record.ToByteArray());
        Note(record);
    }

    /// <inheritdoc/>
    public void NoteSeen(Height decided)
    {
        if (SeenSinceLoss is not null) return;
        WriteMarker(_folder, _marker, string.Create(CultureInfo.InvariantCulture, $"{LossText}{SeenLabel}{decided.Value:D20}\n"));
        (WasLost, SeenSinceLoss) = (true, decided);
    }

    /// <inheritdoc/>
    public void Readmit()
    {
        _folder.Delete(_marker);
        _folder.FlushNames();
        (WasLost, SeenSinceLoss) = (false, null);
    }

    /// <inheritdoc/>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Prune(Height decided)
    {
        if (_file.Length >= PruneBytes && _highest <= decided) _file.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A record of no height counts as damage wherever the log is read, so it stays for good.
    private void Note(WalRecordMessage record)
    {
        var height = MessageVerifier.TryPeekHeight(record.Message.Memory, out var known) ? known : new Height(ulong.MaxValue);
        if (height > _highest) _highest = height;
    }

    private static RecordFile? TryOpen(IStorageFolder folder, string name, ref List<WalRecordMessage>? records)
    {
        var offsets = new List<long>();
        RecordFile? file = null;
        try
        {
            file = RecordFile.Open(folder, name, MaxRecordBytes, isTail: true, (_, offset) => offsets.Add(offset));
            records = [.. offsets.Select(offset => Parse(file, offset))];
            return file;
        }
        catch (CorruptStorageException)
        {
            file?.Dispose();
            return null;
        }
    }

    private static WalRecordMessage Parse(RecordFile file, long offset) =>
        CanonicalProto.TryParse(WalRecordMessage.Parser, file.Read(offset, 0), MaxRecordBytes, out var record)
            ? record
            : throw new CorruptStorageException($"{file.Path} holds a record that is no vote.");

    // Durable before the damaged log is moved away or a new one is made: a crash in between must not leave an empty log that passes for whole. A new loss forgets what was
    // seen after an earlier one.
    private static void Mark(IStorageFolder folder, string marker) => WriteMarker(folder, marker, LossText);

    private static void WriteMarker(IStorageFolder folder, string marker, string text)
    {
        using (var file = folder.Open(marker))
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            file.SetLength(bytes.Length);
            file.Write(bytes, 0);
            file.Flush();
        }

        folder.FlushNames();
    }

    // A height that was torn while it was written was never relied on.
    private static Height? ReadSeen(IStorageFolder folder, string marker)
    {
        using var file = folder.Open(marker);
        Span<byte> bytes = stackalloc byte[MaxMarkerBytes];
        var text = Encoding.ASCII.GetString(bytes[..file.Read(bytes, 0)]);
        var at = text.IndexOf(SeenLabel, StringComparison.Ordinal);
        return at >= 0 && text.Length == at + SeenLabel.Length + SeenDigits + 1 && ulong.TryParse(text.AsSpan(at + SeenLabel.Length, SeenDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            ? new Height(height)
            : null;
    }
}
