using System.Buffers;
using Google.Protobuf;

namespace LicenceChain.Node.Snapshots;

/// <summary>Encodes one chunk after the other into the same bytes: a megabyte for each would be an array of its own among the large objects.</summary>
internal sealed class ChunkEncoder : IDisposable
{
    private byte[] _bytes = [];

    /// <summary>The encoding, which holds until the next one.</summary>
    public ReadOnlyMemory<byte> Encode(IMessage chunk)
    {
        var length = chunk.CalculateSize();
        if (_bytes.Length < length)
        {
            Dispose();
            _bytes = ArrayPool<byte>.Shared.Rent(length);
        }

        chunk.WriteTo(_bytes.AsSpan(0, length));
        return _bytes.AsMemory(0, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
