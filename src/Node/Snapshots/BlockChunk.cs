using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>Consecutive blocks in one chunk.</summary>
internal static class BlockChunk
{
    // Tag and length of a block.
    private const int BlockFraming = 8;

    /// <summary>Packs the exact encodings of consecutive blocks into chunks. A chunk's bytes hold until the next is taken.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pack(IEnumerable<ReadOnlyMemory<byte>> blocks, int chunkBytes = SnapshotLimits.ChunkBytes)
    {
        using var encoder = new ChunkEncoder();
        var message = new SnapshotBlocksMessage();
        var size = 0;
        foreach (var block in blocks)
        {
            if (size + block.Length + BlockFraming > chunkBytes && message.Blocks.Count > 0)
            {
                yield return encoder.Encode(message);
                message.Blocks.Clear();
                size = 0;
            }

            message.Blocks.Add(UnsafeByteOperations.UnsafeWrap(block));
            size += block.Length + BlockFraming;
        }

        if (message.Blocks.Count > 0) yield return encoder.Encode(message);
    }

    /// <summary>Reads a chunk; false unless it is canonical and holds nothing but well-formed blocks. How they link is for the caller to check.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out WindowBlock[]? blocks)
    {
        blocks = null;
        if (bytes.IsEmpty || bytes.Length > SnapshotLimits.MaxChunkBytes) return false;
        var all = bytes.Span;
        var read = new List<WindowBlock>();
        for (var at = 0; at < all.Length;)
        {
            if (!WireField.TryTake(all, all.Length, WireField.First, ref at, out var part) || !WindowBlock.TryParse(bytes[part], out var block)) return false;
            read.Add(block);
        }

        blocks = [.. read];
        return true;
    }
}
