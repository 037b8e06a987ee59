using Google.Protobuf;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>Rows of the state in one chunk, ascending by key; <see cref="SnapshotRows"/> reads it.</summary>
internal static class RowChunk
{
    // Tag and length of the row, of its key and of its value.
    private const int RowFraming = 16;

    /// <summary>Packs rows that ascend by key into chunks, each as full as it gets. A chunk's bytes hold until the next is taken.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pack(IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> rows, int chunkBytes = SnapshotLimits.ChunkBytes)
    {
        using var encoder = new ChunkEncoder();
        var message = new SnapshotRowsMessage();
        var size = 0;
        foreach (var (key, value) in rows)
        {
            var added = key.Length + value.Length + RowFraming;
            if (size + added > chunkBytes && message.Rows.Count > 0)
            {
                yield return encoder.Encode(message);
                message.Rows.Clear();
                size = 0;
            }

            message.Rows.Add(new SnapshotRowMessage { Key = UnsafeByteOperations.UnsafeWrap(key), Value = UnsafeByteOperations.UnsafeWrap(value) });
            size += added;
        }

        if (message.Rows.Count > 0) yield return encoder.Encode(message);
    }
}
