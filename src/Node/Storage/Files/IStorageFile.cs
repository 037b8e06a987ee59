namespace LicenceChain.Node.Storage.Files;

/// <summary>One file. A single writer; reads from any thread.</summary>
internal interface IStorageFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Reads at most <paramref name="destination"/>'s length at <paramref name="offset"/>; returns how much, 0 at the end.</summary>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all of <paramref name="bytes"/> at <paramref name="offset"/>, growing the file. Not durable before <see cref="Flush"/>; after a failure any part may stand.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts or extends with zeros.</summary>
    void SetLength(long length);

    /// <summary>Returns once everything written is on the disk. After a failure nothing written since the last success may be taken as durable, even if it reads back.</summary>
    void Flush();
}
