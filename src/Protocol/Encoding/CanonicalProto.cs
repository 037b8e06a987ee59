using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
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

    // What a parser comes to here, made once for each.
    private sealed class Reading<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        private static readonly ConditionalWeakTable<MessageParser<T>, Reading<T>> Known = [];

        /// <summary>Unknown fields are dropped by it and so betray themselves when the message is written again.</summary>
        public MessageParser<T> Parser { get; } = parser.WithDiscardUnknownFields(true);

        /// <summary>An empty message is what every parser makes of no bytes.</summary>
        public MessageDescriptor Descriptor { get; } = parser.ParseFrom(ReadOnlySpan<byte>.Empty).Descriptor;

        public static Reading<T> By(MessageParser<T> parser) => Known.GetValue(parser, static given => new Reading<T>(given));
    }
}
