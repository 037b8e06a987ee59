using System.Buffers.Binary;
using System.Numerics;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// The header before each record on disk, little-endian: magic (4), length (4), index (8), first index of the batch it was flushed with (8),
/// leaf hash of the record (32), CRC-32C of all that (4). The CRC keeps a damaged length from looking like the end of the file;
/// the leaf hash covers the record itself and is what the tree is built from.
/// </summary>
/// <param name="Length">Bytes of the record, 1 to <see cref="AccessLogStore.MaxRecordBytes"/>.</param>
/// <param name="Index">Position in the log.</param>
/// <param name="BatchFirst">Index of the first record flushed together with this one.</param>
/// <param name="LeafHash">SM3(00‖record).</param>
internal readonly record struct LogFrame(int Length, ulong Index, ulong BatchFirst, Hash256 LeafHash)
{
    public const int HeaderBytes = 60;

    private const int CrcOffset = HeaderBytes - 4;

    /// <summary>The first four bytes of every header.</summary>
    public static ReadOnlySpan<byte> Magic => "LCA1"u8;

    /// <summary>Writes header and record to the start of <paramref name="destination"/>; returns their length.</summary>
    public static int Write(Span<byte> destination, ulong index, ulong batchFirst, ReadOnlySpan<byte> record, out Hash256 leafHash)
    {
        leafHash = MerkleTree.LeafHash(record);
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], index);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], batchFirst);
        leafHash.CopyTo(destination[24..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Crc(destination[..CrcOffset]));
        record.CopyTo(destination[HeaderBytes..]);
        return HeaderBytes + record.Length;
    }

    /// <summary>Reads a header; false unless it is whole and its CRC and bounds hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> header, out LogFrame frame)
    {
        frame = default;
        if (header.Length < HeaderBytes || !header.StartsWith(Magic)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[CrcOffset..]) != Crc(header[..CrcOffset])) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (length is < 1 or > AccessLogStore.MaxRecordBytes) return false;
        frame = new LogFrame(
            length,
            BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(header[16..]),
            Hash256.From(header.Slice(24, Hash256.Size)));
        return true;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
