using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The vote log in one file of checksummed records. Beside it stands <c>&lt;file&gt;.lost</c> once a log was found missing or damaged; it goes when an
/// operator, allowed by governance, removes it (C-RESTART).
/// </summary>
internal sealed class VoteLog : IVoteLog
{
    /// <summary>A record holds at most a message and the block that it depended on.</summary>
    public const int MaxRecordBytes = ProtocolLimits.MaxMessageBytes * 2;

    // Cutting the file costs a flush, so it is let grow over some blocks.
    private const long PruneBytes = 16L * 1024 * 1024;

    private readonly RecordFile _file;
    private Height _highest;

    private VoteLog(RecordFile file, IReadOnlyList<WalRecordMessage> recovered, bool wasLost)
    {
        _file = file;
        Recovered = recovered;
        WasLost = wasLost;
        foreach (var record in recovered) Note(record);
    }

    /// <inheritdoc/>
    public IReadOnlyList<WalRecordMessage> Recovered { get; }

    /// <inheritdoc/>
    public bool WasLost { get; }

    /// <summary>Opens or makes the log. With <paramref name="mustExist"/> (the node has run before) a missing file is a lost log.</summary>
    public static VoteLog Open(IStorageFolder folder, string name, bool mustExist)
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
        return new VoteLog(file, records!, folder.Exists(marker));
    }

    /// <inheritdoc/>
    public void Append(WalRecordMessage record)
    {
        _file.Append(0, record.ToByteArray());
        Note(record);
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

    // Durable before the damaged log is moved away or a new one is made: a crash in between must not leave an empty log that passes for whole.
    private static void Mark(IStorageFolder folder, string marker)
    {
        using var file = folder.Open(marker);
        file.Write("The vote log was lost: this node observes and does not vote.\n"u8, 0);
        file.Flush();
        folder.FlushNames();
    }
}
