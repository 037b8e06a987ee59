using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>An open bidirectional stream. Disposing it before the end cancels the call on both sides.</summary>
/// <typeparam name="TRequest">What we send.</typeparam>
/// <typeparam name="TResponse">What we receive.</typeparam>
public sealed class GrpcDuplexCall<TRequest, TResponse> : IDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly GrpcClientCall<TResponse> _call;
    private readonly GrpcClientWriter<TRequest> _writer;

    internal GrpcDuplexCall(GrpcClientCall<TResponse> call, GrpcClientWriter<TRequest> writer)
    {
        _call = call;
        _writer = writer;
    }

    /// <summary>The sending half. A failure here says only that the stream is gone: <see cref="Responses"/> tells why.</summary>
    public IGrpcWriter<TRequest> Requests => _writer;

    /// <summary>The receiving half; ends when the server ends the call, with its status.</summary>
    public IGrpcReader<TResponse> Responses => _call;

    /// <summary>Tells the server that no further request comes. Responses may still follow.</summary>
    public ValueTask CompleteAsync(CancellationToken cancellationToken) => _writer.CompleteAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Abandon();
        _call.Dispose();
    }
}
