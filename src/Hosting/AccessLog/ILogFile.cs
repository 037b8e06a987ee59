namespace LicenceChain.Hosting.AccessLog;

/// <summary>One file of a log: what the log asks of a disk, and no more, so that a simulated disk can stand in.</summary>
public interface ILogFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; throws <see cref="EndOfStreamException"/> when the file ends before.</summary>
    void Read(long offset, Span<byte> destination);

    /// <summary>Writes at <paramref name="offset"/>, growing the file. Not durable before <see cref="Flush"/>.</summary>
    void Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Returns once everything written is on disk.</summary>
    void Flush();

    /// <summary>Cuts the file at <paramref name="length"/>.</summary>
    void Truncate(long length);
}
