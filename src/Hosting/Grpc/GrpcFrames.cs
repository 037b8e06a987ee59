using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Hosting.Grpc;

/// <summary>The length-prefixed message of gRPC over HTTP/2: flag (1 byte: 0 plain, 1 compressed), length (4 bytes, big-endian), message.</summary>
internal static class GrpcFrames
{
    /// <summary>Writes header and message to <paramref name="output"/>; throws before the first byte when the message is over the limit.</summary>
    public static void Write(IBufferWriter<byte> output, IMessage message, int maxMessageBytes)
    {
        var size = message.CalculateSize();
        if (size > maxMessageBytes) throw TooLarge(size, maxMessageBytes);
        var header = output.GetSpan(GrpcLimits.FrameHeaderBytes);
        header[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)size);
        output.Advance(GrpcLimits.FrameHeaderBytes);
        message.WriteTo(output);
    }

    /// <summary>
    /// Takes one whole message from the start of <paramref name="buffer"/>. False: more bytes are needed. The limit is enforced on the
    /// announced length, before anything is gathered, and again after gunzip (pitfall 3).
    /// </summary>
    public static bool TryTake<T>(ref ReadOnlySequence<byte> buffer, GrpcFrameRules<T> rules, out T? message)
        where T : class, IMessage<T>
    {
        message = null;
        if (buffer.Length < GrpcLimits.FrameHeaderBytes) return false;
        Span<byte> header = stackalloc byte[GrpcLimits.FrameHeaderBytes];
        buffer.Slice(0, GrpcLimits.FrameHeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)rules.MaxMessageBytes) throw TooLarge(length, rules.MaxMessageBytes);
        if (header[0] > 1) throw new GrpcException(GrpcStatus.Internal, "The first byte of a message frame must be 0 or 1.");
        if (header[0] == 1 && !rules.Gzip) throw new GrpcException(GrpcStatus.Internal, "A compressed message came without grpc-encoding: gzip.");
        if (buffer.Length < GrpcLimits.FrameHeaderBytes + length) return false;

        var body = buffer.Slice(GrpcLimits.FrameHeaderBytes, length);
        message = Parse(header[0] == 1 ? Gunzip(body, rules) : body, rules);
        buffer = buffer.Slice(body.End);
        return true;
    }

    private static T Parse<T>(in ReadOnlySequence<byte> body, GrpcFrameRules<T> rules)
        where T : class, IMessage<T>
    {
        if (body.IsSingleSegment) return Parse(body.FirstSpan, rules);
        var length = (int)body.Length; // within the limit
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(rented);
            return Parse(rented.AsSpan(0, length), rules);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> body, GrpcFrameRules<T> rules)
        where T : class, IMessage<T>
    {
        if (rules.HoldsOneofs && !ProtoOneofs.AreSingle(body, rules.Descriptor)) throw new GrpcException(rules.Malformed, "A member of a oneof comes twice.");
        try
        {
            return rules.Parser.ParseFrom(body);
        }
        catch (Exception e) when (MalformedProto.Is(e))
        {
            throw new GrpcException(rules.Malformed, "The message is not valid protobuf of the expected type.", e);
        }
    }

    private static ReadOnlySequence<byte> Gunzip<T>(in ReadOnlySequence<byte> body, GrpcFrameRules<T> rules)
        where T : class, IMessage<T>
    {
        using var zipped = new GZipStream(new MemoryStream(body.ToArray(), writable: false), CompressionMode.Decompress);
        var plain = new ArrayBufferWriter<byte>();
        try
        {
            // Bounded: each turn adds at least one byte and the limit ends it.
            while (true)
            {
                var read = zipped.Read(plain.GetSpan(16 * 1024));
                if (read == 0) return new ReadOnlySequence<byte>(plain.WrittenMemory);
                plain.Advance(read);
                if (plain.WrittenCount > rules.MaxMessageBytes) throw TooLarge(plain.WrittenCount, rules.MaxMessageBytes);
            }
        }
        catch (InvalidDataException e)
        {
            throw new GrpcException(rules.Malformed, "The message is not valid gzip.", e);
        }
    }

    private static GrpcException TooLarge(long size, int limit) =>
        new(GrpcStatus.ResourceExhausted, $"A message of {size} bytes is over the limit of {limit} bytes; send less at a time.");
}
