using Google.Protobuf;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Contracts.Execution;

/// <summary>Reads records that the chain itself wrote: what does not parse is a broken invariant, never a refusal.</summary>
internal static class Stored
{
    /// <summary>Parses a record of the state; throws <see cref="InvalidOperationException"/> when it is none.</summary>
    public static T Parse<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes.Span);
        }
        catch (Exception e) when (MalformedProto.Is(e))
        {
            throw new InvalidOperationException($"The state is broken: no {typeof(T).Name} where one should be.", e);
        }
    }

    /// <summary>The exception for a state that no execution could have left.</summary>
    public static InvalidOperationException Broken(string what) => new($"The state is broken: {what}.");
}
