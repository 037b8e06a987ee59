using System.Buffers.Binary;
using System.Numerics;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The frame around each record of an append-only file: length (4), tag (8; a block's height), CRC-32C of the payload (4), CRC-32C of
/// those 16 bytes (4); little-endian. The head has its own checksum, so that a flipped length is known from a torn tail.
/// </summary>
internal static class RecordFrame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeadSize = 20;

    private const int CheckedSize = 16;

    /// <summary>Writes the head of a record.</summary>
    public static void WriteHead(Span<byte> head, ulong tag, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(head[4..], tag);
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], Checksum(payload));
        BinaryPrimitives.WriteUInt32LittleEndian(head[CheckedSize..], Checksum(head[..CheckedSize]));
    }

    /// <summary>Reads a head; false when its checksum does not hold or the length is beyond <paramref name="maxLength"/>.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> head, int maxLength, out RecordHead result)
    {
        result = default;
        if (head.Length < HeadSize || Checksum(head[..CheckedSize]) != BinaryPrimitives.ReadUInt32LittleEndian(head[CheckedSize..])) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length == 0 || length > (uint)maxLength) return false;
        result = new RecordHead((int)length, BinaryPrimitives.ReadUInt64LittleEndian(head[4..]), BinaryPrimitives.ReadUInt32LittleEndian(head[12..]));
        return true;
    }

    /// <summary>CRC-32C, with the processor's instruction where it has one.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
