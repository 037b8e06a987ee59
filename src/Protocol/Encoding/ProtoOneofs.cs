using Google.Protobuf.Reflection;

namespace LicenceChain.Protocol.Encoding;

/// <summary>
/// Looks at Protobuf before it is parsed. When a message-typed member of a oneof comes again, the library copies what it had and merges: n copies of one
/// with a list in it take n² time and memory, minutes and gigabytes for a message of the largest size. No writer repeats one.
/// </summary>
public static class ProtoOneofs
{
    // The deepest message of the schema has eight levels.
    private const int MaxDepth = 16;
    private const int MaxNumber = 64;
    private const int MaxVarintBytes = 10;

    /// <summary>True when messages of this type can hold such a member at all.</summary>
    public static bool Occur(MessageDescriptor message) => Occur(message, 0);

    /// <summary>False when some message-typed member of a oneof stands twice in one message. What is malformed otherwise is left to the parser.</summary>
    public static bool AreSingle(ReadOnlySpan<byte> bytes, MessageDescriptor message) => AreSingle(bytes, message, 0);

    private static bool Occur(MessageDescriptor message, int depth)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
            if (field.FieldType == FieldType.Message && (field.RealContainingOneof is not null || (depth < MaxDepth && Occur(field.MessageType, depth + 1))))
                return true;
        return false;
    }

    private static bool AreSingle(ReadOnlySpan<byte> bytes, MessageDescriptor message, int depth)
    {
        if (depth > MaxDepth) return false;
        var seen = 0UL;
        while (!bytes.IsEmpty)
        {
            if (!TryReadVarint(ref bytes, out var tag) || !TryTake(ref bytes, (int)(tag & 7), out var content)) return true;
            if ((tag & 7) != 2 || tag >> 3 >= MaxNumber || message.FindFieldByNumber((int)(tag >> 3)) is not { FieldType: FieldType.Message } field) continue;
            if (field.RealContainingOneof is not null)
            {
                var bit = 1UL << field.FieldNumber;
                if ((seen & bit) != 0) return false;
                seen |= bit;
            }

            if (!AreSingle(content, field.MessageType, depth + 1)) return false;
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> bytes, int wire, out ReadOnlySpan<byte> content)
    {
        content = default;
        ulong length;
        switch (wire)
        {
            case 0: return TryReadVarint(ref bytes, out _);
            case 1: length = 8; break;
            case 5: length = 4; break;
            case 2:
                if (!TryReadVarint(ref bytes, out length)) return false;
                break;
            default: return false;
        }

        if (length > (ulong)bytes.Length) return false;
        content = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
