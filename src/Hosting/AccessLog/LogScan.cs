using LicenceChain.Protocol.Merkle;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// Reads a record file from its start. What was never confirmed may be torn at the end and is dropped; damage to anything that was
/// flushed before something else is refused.
/// </summary>
internal sealed class LogScan(ILogFile file)
{
    private const int WindowBytes = 1024 * 1024;
    private const int SearchBytes = 64 * 1024;

    private readonly byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;

    /// <summary>Where the sound records end.</summary>
    public long End { get; private set; }

    /// <summary>How many sound records there are.</summary>
    public ulong Count { get; private set; }

    /// <summary>Visits every sound record with its offset; throws <see cref="AccessLogDamagedException"/> when what follows them was once confirmed.</summary>
    public void Run(Action<long, LogFrame> found, LogRecordVisitor? visitor)
    {
        var length = file.Length;
        while (TryFrame(End, length, out var frame) && frame.Index == Count && frame.BatchFirst <= Count)
        {
            var record = Span(End + LogFrame.HeaderBytes, frame.Length, length);
            if (record.Length < frame.Length || MerkleTree.LeafHash(record) != frame.LeafHash) break;
            visitor?.Invoke(frame.Index, record);
            found(End, frame);
            End += LogFrame.HeaderBytes + frame.Length;
            Count++;
        }

        RefuseLaterBatches(length);
    }

    /// <summary>
    /// A batch is written only after the one before it was flushed. So a sound header behind the break, of a batch that begins after the
    /// broken record, proves that the broken record was confirmed.
    /// </summary>
    private void RefuseLaterBatches(long length)
    {
        for (var at = End; at + LogFrame.HeaderBytes <= length;)
        {
            var bytes = Span(at, SearchBytes, length);
            var skip = bytes.IndexOf(LogFrame.Magic);
            if (skip < 0)
            {
                at += Math.Max(1, bytes.Length - LogFrame.Magic.Length + 1);
                continue;
            }

            at += skip;
            if (!TryFrame(at, length, out var frame))
            {
                at++;
                continue;
            }

            if (frame.BatchFirst > Count)
                throw new AccessLogDamagedException($"Record {Count} of the access log, at byte {End}, is damaged, and later records are sound. Restore the folder from its copy: an entry that was confirmed must not vanish.");

            // Of the torn batch itself. Its record is skipped as a whole: what somebody put into a record must not pass for a header.
            at += LogFrame.HeaderBytes + frame.Length;
        }
    }

    private bool TryFrame(long offset, long length, out LogFrame frame) =>
        LogFrame.TryRead(Span(offset, LogFrame.HeaderBytes, length), out frame);

    /// <summary>At most <paramref name="count"/> bytes from <paramref name="offset"/>; fewer at the end of the file.</summary>
    private ReadOnlySpan<byte> Span(long offset, int count, long length)
    {
        count = (int)Math.Min(count, length - offset);
        if (offset < _windowStart || offset + count > _windowStart + _windowLength)
        {
            _windowStart = offset;
            _windowLength = (int)Math.Min(WindowBytes, length - offset);
            file.Read(offset, _window.AsSpan(0, _windowLength));
        }

        return _window.AsSpan((int)(offset - _windowStart), count);
    }
}
