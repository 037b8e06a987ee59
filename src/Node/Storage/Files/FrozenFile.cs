using Microsoft.Win32.SafeHandles;

namespace LicenceChain.Node.Storage.Files;

/// <summary>A file as it stood when it was opened. A cut is a cut of what is seen; a rewrite of the same bytes is none.</summary>
internal sealed class FrozenFile : IStorageFile
{
    private readonly SafeFileHandle? _handle;

    /// <summary>Opens it without a lock; a file that is not there is empty.</summary>
    public FrozenFile(string path)
    {
        if (!File.Exists(path)) return;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <inheritdoc/>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<byte> destination, long offset)
    {
        var left = Length - offset;
        if (_handle is null || left <= 0) return 0;
        return RandomAccess.Read(_handle, destination[..(int)long.Min(destination.Length, left)], offset);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset + bytes.Length > Length) throw new InvalidOperationException("This file is only read.");
        Span<byte> held = new byte[bytes.Length];
        for (var read = 0; read < held.Length;)
        {
            var got = Read(held[read..], offset + read);
            if (got == 0) break;
            read += got;
        }

        if (!held.SequenceEqual(bytes)) throw new InvalidOperationException("This file is only read.");
    }

    /// <inheritdoc/>
    public void SetLength(long length) => Length = length <= Length ? length : throw new InvalidOperationException("This file is only read.");

    /// <inheritdoc/>
    public void Flush()
    {
        // Nothing was written.
    }

    /// <inheritdoc/>
    public void Dispose() => _handle?.Dispose();
}
