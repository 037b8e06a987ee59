using Google.Protobuf;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>Common shapes of targets.</summary>
internal static class Refusing
{
    /// <summary>Runs what refuses by throwing <typeparamref name="TRefusal"/>; anything else it throws is a failure.</summary>
    public static bool By<TRefusal>(Action run)
        where TRefusal : Exception
    {
        try
        {
            run();
            return true;
        }
        catch (TRefusal)
        {
            return false;
        }
    }

    /// <summary>A target over a Protobuf message that some wire or file already holds parsed: whatever parses is input.</summary>
    public static FuzzTarget Message<T>(string name, MessageParser<T> parser, IEnumerable<T> samples, Func<T, bool> run, params string[] covers)
        where T : class, IMessage<T>, new() =>
        new(name, InputKind.Proto, [.. samples.Select(sample => sample.ToByteArray())], bytes => ProtoOneofs.AreSingle(bytes, new T().Descriptor) && TryParse(parser, bytes, out var message) && run(message), covers) { Shape = new T().Descriptor };

    /// <summary>The message as it was understood: what the schema does not know is not part of it.</summary>
    public static byte[] Known<T>(T message)
        where T : class, IMessage<T> =>
        message.Descriptor.Parser.WithDiscardUnknownFields(true).ParseFrom(message.ToByteArray()).ToByteArray();

    /// <summary>Two encodings that must be the same.</summary>
    public static bool Same(ReadOnlySpan<byte> written, ReadOnlySpan<byte> read, string what) =>
        written.SequenceEqual(read) ? true : throw new FuzzViolation($"{what} was accepted, but is written back differently");

    public static bool Same(string written, string read, string what) =>
        written == read ? true : throw new FuzzViolation($"{what} was accepted, but is written back differently");

    /// <summary>Input as text; not every input is UTF-8.</summary>
    public static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static bool TryParse<T>(MessageParser<T> parser, byte[] bytes, out T message)
        where T : class, IMessage<T>, new()
    {
        message = new T();
        try
        {
            message = parser.ParseFrom(bytes);
            return true;
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            return false;
        }
    }
}
