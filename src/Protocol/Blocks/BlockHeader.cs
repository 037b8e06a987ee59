using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>A block header with its exact bytes. Rule C-HEADER: no round in it; the state root is the state after the block.</summary>
public sealed class BlockHeader
{
    /// <summary>Largest header in bytes: seven hashes, a key id, a chain id and three numbers, with room.</summary>
    public const int MaxBytes = 512;

    private BlockHeader(HeaderFields fields, ReadOnlyMemory<byte> bytes)
    {
        Fields = fields;
        Bytes = bytes;
        Digest = Sm3.Hash(bytes.Span);
    }

    /// <summary>What it says.</summary>
    public HeaderFields Fields { get; }

    /// <summary>The exact encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SM3 of the encoding: what votes name.</summary>
    public Hash256 Digest { get; }

    /// <summary>Position in the chain.</summary>
    public Height Height => Fields.Height;

    /// <summary>Block time.</summary>
    public UnixTime Time => Fields.Time;

    /// <summary>A header of our own.</summary>
    public static BlockHeader Of(HeaderFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new BlockHeader(fields, fields.ToMessage().ToByteArray());
    }

    /// <summary>Parses a header that somebody sent; false unless it is canonical and every hash has its length.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out BlockHeader? header)
    {
        header = CanonicalProto.TryParse(BlockHeaderMessage.Parser, bytes.Span, MaxBytes, out var message) && HeaderFields.TryFrom(message, out var fields)
            ? new BlockHeader(fields, bytes)
            : null;
        return header is not null;
    }
}
