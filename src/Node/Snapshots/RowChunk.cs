using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Snapshots;

/// <summary>Rows of the state in one chunk, ascending by key.</summary>
internal static class RowChunk
{
    // Tag and length of the row, of its key and of its value.
    private const int RowFraming = 16;

    /// <summary>Packs rows that ascend by key into chunks, each as full as it gets.</summary>
    public static IEnumerable<byte[]> Pack(IEnumerable<(byte[] Key, byte[] Value)> rows, int chunkBytes = SnapshotLimits.ChunkBytes)
    {
        var message = new SnapshotRowsMessage();
        var size = 0;
        foreach (var (key, value) in rows)
        {
            var added = key.Length + value.Length + RowFraming;
            if (size + added > chunkBytes && message.Rows.Count > 0)
            {
                yield return message.ToByteArray();
                message.Rows.Clear();
                size = 0;
            }

            message.Rows.Add(new SnapshotRowMessage { Key = UnsafeByteOperations.UnsafeWrap(key), Value = UnsafeByteOperations.UnsafeWrap(value) });
            size += added;
        }

        if (message.Rows.Count > 0) yield return message.ToByteArray();
    }

    /// <summary>Reads a chunk; false unless it is canonical, within bounds, and its keys ascend.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out StateWrite[]? rows)
    {
        rows = null;
        if (!CanonicalProto.TryParse(SnapshotRowsMessage.Parser, bytes.Span, SnapshotLimits.ChunkBytes, out var message) || message.Rows.Count == 0) return false;
        var read = new StateWrite[message.Rows.Count];
        for (var i = 0; i < read.Length; i++)
        {
            var row = message.Rows[i];
            if (!StateKey.TryFrom(row.Key.Span, out var key) || (i > 0 && key <= read[i - 1].Key)) return false;
            if (row.Value.Length > ProtocolLimits.MaxStateValueBytes) return false; // none at all: a list that became empty
            read[i] = new StateWrite(key, row.Value.Memory);
        }

        rows = read;
        return true;
    }
}
