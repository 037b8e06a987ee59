using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>Consecutive blocks in one chunk.</summary>
internal static class BlockChunk
{
    // Tag and length of a block.
    private const int BlockFraming = 8;

    /// <summary>Packs the exact encodings of consecutive blocks into chunks.</summary>
    public static IEnumerable<byte[]> Pack(IEnumerable<ReadOnlyMemory<byte>> blocks, int chunkBytes = SnapshotLimits.ChunkBytes)
    {
        var message = new SnapshotBlocksMessage();
        var size = 0;
        foreach (var block in blocks)
        {
            if (size + block.Length + BlockFraming > chunkBytes && message.Blocks.Count > 0)
            {
                yield return message.ToByteArray();
                message.Blocks.Clear();
                size = 0;
            }

            message.Blocks.Add(UnsafeByteOperations.UnsafeWrap(block));
            size += block.Length + BlockFraming;
        }

        if (message.Blocks.Count > 0) yield return message.ToByteArray();
    }

    /// <summary>Reads a chunk; false unless it is canonical and holds nothing but well-formed blocks. How they link is for the caller to check.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CommittedBlock[]? blocks)
    {
        blocks = null;
        if (!CanonicalProto.TryParse(SnapshotBlocksMessage.Parser, bytes.Span, SnapshotLimits.MaxChunkBytes, out var message) || message.Blocks.Count == 0) return false;
        var read = new CommittedBlock[message.Blocks.Count];
        for (var i = 0; i < read.Length; i++)
            if (!CommittedBlock.TryParse(message.Blocks[i].Memory, out read[i]!))
                return false;
        blocks = read;
        return true;
    }
}
