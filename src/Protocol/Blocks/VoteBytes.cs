using System.Buffers.Binary;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>
/// Rule C-SIGNED: what a vote's signature covers, after the signing context "LC1": length of the chain id (1 byte), chain id,
/// type (1), height (8), round (4), digest (32), preparedRound + 1 or 0 (4), preparedDigest (32); numbers big-endian.
/// </summary>
public static class VoteBytes
{
    /// <summary>Longest result in bytes.</summary>
    public const int MaxSize = 1 + ChainId.MaxLength + 1 + 8 + 4 + Hash256.Size + 4 + Hash256.Size;

    /// <summary>Writes the bytes of a vote to <paramref name="destination"/> (at least <see cref="MaxSize"/>) and returns how many.</summary>
    public static int Write(
        Span<byte> destination, ChainId chain, VoteType type, Height height, Round round, Hash256 digest, uint preparedRoundPlusOne = 0, Hash256 preparedDigest = default)
    {
        var name = chain.Value;
        destination[0] = (byte)name.Length;
        var at = 1 + System.Text.Encoding.ASCII.GetBytes(name, destination[1..]);
        destination[at++] = (byte)type;
        BinaryPrimitives.WriteUInt64BigEndian(destination[at..], height.Value);
        at += 8;
        BinaryPrimitives.WriteUInt32BigEndian(destination[at..], round.Value);
        at += 4;
        digest.CopyTo(destination[at..]);
        at += Hash256.Size;
        BinaryPrimitives.WriteUInt32BigEndian(destination[at..], preparedRoundPlusOne);
        at += 4;
        preparedDigest.CopyTo(destination[at..]);
        return at + Hash256.Size;
    }
}
