using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Storage;

/// <summary>C-CHANGE: a block that changed the validator set, why it is decided, and the set that decides from the height above on.</summary>
internal sealed record SetChange(BlockHeader Header, CommitCertificate Certificate, ValidatorSet Next)
{
    // A header, a certificate, and a set of 100 validators of some 100 bytes each.
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads one that somebody sent; false unless its parts are sound. Nothing is verified yet.</summary>
    public static bool TryFrom(SetChangeMessage message, [NotNullWhen(true)] out SetChange? change)
    {
        change = BlockHeader.TryParse(message.Header.Memory, out var header)
            && CommitCertificate.TryParse(message.Certificate.Memory, out var certificate)
            && ValidatorSet.TryFrom(message.Next, out var next)
            ? new SetChange(header, certificate, next)
            : null;
        return change is not null;
    }

    /// <summary>As the other one, from its encoding.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SetChange? change)
    {
        change = null;
        return CanonicalProto.TryParse(SetChangeMessage.Parser, bytes, MaxBytes, out var message) && TryFrom(message, out change);
    }

    /// <summary>As it is written.</summary>
    public SetChangeMessage ToMessage() => new()
    {
        Header = UnsafeByteOperations.UnsafeWrap(Header.Bytes),
        Certificate = UnsafeByteOperations.UnsafeWrap(Certificate.Bytes),
        Next = Next.ToMessage(),
    };
}
