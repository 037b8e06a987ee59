using Google.Protobuf;
using Google.Protobuf.Reflection;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Hosting.Grpc;

/// <summary>How one stream's messages are read.</summary>
/// <param name="Parser">Of the message type.</param>
/// <param name="Gzip">The stream announced gzip, so that single messages may be compressed.</param>
/// <param name="MaxMessageBytes">Bound of one message, compressed and plain.</param>
/// <param name="Malformed">The status of a message that does not parse: the caller's fault on a server, the server's on a client.</param>
internal sealed record GrpcFrameRules<T>(MessageParser<T> Parser, bool Gzip, int MaxMessageBytes, GrpcStatus Malformed)
    where T : class, IMessage<T>
{
    /// <summary>Of <typeparamref name="T"/>.</summary>
    public MessageDescriptor Descriptor { get; } = Parser.ParseFrom(ReadOnlySpan<byte>.Empty).Descriptor;

    /// <summary>True when repeated members of a oneof are to be looked for before parsing.</summary>
    public bool HoldsOneofs { get; } = ProtoOneofs.Occur(Parser.ParseFrom(ReadOnlySpan<byte>.Empty).Descriptor);
}
