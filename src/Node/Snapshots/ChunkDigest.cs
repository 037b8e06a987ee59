using System.Runtime.InteropServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>
/// What names a chunk: SM3 over the SM3 of each of its pieces of 4 KiB, the last one shorter. As binding as SM3 of the whole (a collision of one is a collision of SM3), and several
/// times faster, since the pieces are hashed side by side.
/// </summary>
internal static class ChunkDigest
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceBytes = 4096;

    // A chunk of the usual size, 1 MiB, has so many; only that of a large block has more.
    private const int PiecesOnStack = SnapshotLimits.ChunkBytes / PieceBytes;

    /// <summary>The digest of a chunk.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> content)
    {
        var count = (content.Length + PieceBytes - 1) / PieceBytes;
        var parts = count <= PiecesOnStack ? stackalloc Range[count] : new Range[count];
        for (var i = 0; i < count; i++) parts[i] = (i * PieceBytes)..int.Min((i + 1) * PieceBytes, content.Length);
        var pieces = count <= PiecesOnStack ? stackalloc Hash256[count] : new Hash256[count];
        Sm3Batch.Hash(content, parts, pieces);
        return Sm3.Hash(MemoryMarshal.AsBytes(pieces));
    }
}
