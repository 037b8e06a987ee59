using Google.Protobuf;

namespace LicenceChain.Protocol.Encoding;

/// <summary>What parsing Protobuf throws for bytes that are none.</summary>
public static class MalformedProto
{
    /// <summary>
    /// True for what <see cref="InvalidProtocolBufferException"/> says, and for what the library lets out instead where the length of a nested message
    /// overflows its position: six bytes are enough (Google.Protobuf 3.25). Around the parsing of outside bytes and nothing else: the same exceptions
    /// elsewhere are mistakes of ours.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException;
}
