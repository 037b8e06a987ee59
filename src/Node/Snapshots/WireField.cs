namespace LicenceChain.Node.Snapshots;

/// <summary>
/// Finds the fields of a canonical Protobuf message of nothing but byte fields, where they stand: for chunks, of which there are many and whose form is fixed. What is accepted is what
/// <see cref="LicenceChain.Protocol.Encoding.CanonicalProto"/> would accept.
/// </summary>
internal static class WireField
{
    /// <summary>Field 1 of type bytes.</summary>
    public const byte First = 0x0A;

    /// <summary>Field 2 of type bytes.</summary>
    public const byte Second = 0x12;

    /// <summary>Field 3 of type bytes.</summary>
    public const byte Third = 0x1A;

    // 256 MiB: more than any chunk has.
    private const int MaxLengthBytes = 4;

    /// <summary>Takes a field of the given tag whose content ends by <paramref name="end"/>; then <paramref name="at"/> is behind it. False when something else stands there.</summary>
    public static bool TryTake(ReadOnlySpan<byte> all, int end, byte tag, ref int at, out Range content)
    {
        content = default;
        if (!Is(all, end, at, tag)) return false;
        var next = at + 1;
        var length = 0;
        for (var i = 0; i < MaxLengthBytes && next < end; i++)
        {
            var one = all[next++];
            length |= (one & 0x7F) << (7 * i);
            if (one >= 0x80) continue;
            if ((one == 0 && i > 0) || length > end - next) return false; // written with more bytes than it needs, or beyond the end
            content = next..(next + length);
            at = next + length;
            return true;
        }

        return false;
    }

    /// <summary>Takes a field that is there only if it is not empty; else <paramref name="content"/> is empty. False when what stands there is malformed.</summary>
    public static bool TryTakeOptional(ReadOnlySpan<byte> all, int end, byte tag, ref int at, out Range content)
    {
        content = at..at;
        return !Is(all, end, at, tag) || (TryTake(all, end, tag, ref at, out content) && content.Start.Value < content.End.Value);
    }

    /// <summary>True when a field of the tag stands there.</summary>
    public static bool Is(ReadOnlySpan<byte> all, int end, int at, byte tag) => at < end && all[at] == tag;
}
