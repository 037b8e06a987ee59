using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LicenceChain.Protocol.Encoding;

/// <summary>Reads Protobuf that others sent. One value has one encoding: what does not re-encode to the same bytes is refused.</summary>
public static class CanonicalProto
{
    private const int StackLimit = 1024;

    /// <summary>
    /// Parses <paramref name="bytes"/>; false when there are more than <paramref name="maxBytes"/>, when they are malformed,
    /// hold a field the schema does not know, or are not the encoding that we would write.
    /// </summary>
    public static bool TryParse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes, int maxBytes, [NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(parser);
        message = null;
        var reading = Reading<T>.By(parser);
        if (bytes.Length > maxBytes || !ProtoOneofs.AreSingle(bytes, reading.Descriptor)) return false;
        try
        {
            // Unknown fields are dropped here and so betray themselves when the message is written again.
            message = reading.Parser.ParseFrom(bytes);
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            return false;
        }

        if (ReencodesTo(message, bytes)) return true;
        message = null;
        return false;
    }

    private static bool ReencodesTo(IMessage message, ReadOnlySpan<byte> bytes)
    {
        if (message.CalculateSize() != bytes.Length) return false;
        if (bytes.Length <= StackLimit)
        {
            Span<byte> small = stackalloc byte[bytes.Length];
            message.WriteTo(small);
            return small.SequenceEqual(bytes);
        }

        var rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var large = rented.AsSpan(0, bytes.Length);
            message.WriteTo(large);
            return large.SequenceEqual(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // What a type's parser comes to here, made once: a type has one parser.
    private sealed record Reading<T>(MessageParser<T> Given, MessageParser<T> Parser, MessageDescriptor Descriptor)
        where T : class, IMessage<T>
    {
        private static Reading<T>? _last;

        public static Reading<T> By(MessageParser<T> parser)
        {
            if (Volatile.Read(ref _last) is { } last && last.Given == parser) return last;
            // An empty message is what every parser makes of no bytes.
            var made = new Reading<T>(parser, parser.WithDiscardUnknownFields(true), parser.ParseFrom(ReadOnlySpan<byte>.Empty).Descriptor);
            Volatile.Write(ref _last, made);
            return made;
        }
    }
}
