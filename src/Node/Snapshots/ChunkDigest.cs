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

    /// <summary>The digest of a chunk.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> content)
    {
        var parts = new Range[(content.Length + PieceBytes - 1) / PieceBytes];
        for (var i = 0; i < parts.Length; i++) parts[i] = (i * PieceBytes)..int.Min((i + 1) * PieceBytes, content.Length);
        var pieces = new Hash256[parts.Length];
        Sm3Batch.Hash(content, parts, pieces);
        return Sm3.Hash(MemoryMarshal.AsBytes(pieces.AsSpan()));
    }
}
