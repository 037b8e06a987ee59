using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>
/// Finds the height in the bytes of a canonical ConsensusMessage without parsing blocks: a node chooses by it the validator set to verify against.
/// What it says is not yet to be believed.
/// </summary>
internal static class HeightPeek
{
    private const int LengthDelimited = 2;
    private const int MaxVarintBytes = 10;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out Height height)
    {
        height = default;
        if (!TryReadVarint(ref bytes, out var tag) || !TryReadVarint(ref bytes, out var length) || length != (ulong)bytes.Length) return false;
        switch (tag)
        {
            case ConsensusMessage.PrepareFieldNumber << 3 | LengthDelimited:
            case ConsensusMessage.CommitFieldNumber << 3 | LengthDelimited:
                return TryReadVote(bytes, out height);
            case ConsensusMessage.ProposalFieldNumber << 3 | LengthDelimited:
            case ConsensusMessage.RoundChangeFieldNumber << 3 | LengthDelimited:
                // The vote is the first field of both.
                return TryReadVarint(ref bytes, out var inner) && inner == (ProposalMessage.VoteFieldNumber << 3 | LengthDelimited)
                    && TryReadVarint(ref bytes, out var size) && size <= (ulong)bytes.Length
                    && TryReadVote(bytes[..(int)size], out height);
            default:
                return false;
        }
    }

    // Canonical order: the type, then the height.
    private static bool TryReadVote(ReadOnlySpan<byte> vote, out Height height)
    {
        height = default;
        if (!TryReadVarint(ref vote, out var typeTag) || typeTag != VoteMessage.TypeFieldNumber << 3 || !TryReadVarint(ref vote, out _)
            || !TryReadVarint(ref vote, out var heightTag) || heightTag != VoteMessage.HeightFieldNumber << 3 || !TryReadVarint(ref vote, out var value))
            return false;
        height = new Height(value);
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
