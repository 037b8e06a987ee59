using System.Buffers;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>Messages into a request body: gathered in one buffer that is kept from batch to batch, written in one go.</summary>
internal sealed class GrpcClientWriter<T>(GrpcDuplexContent content, int maxMessageBytes) : IGrpcWriter<T>
    where T : class, IMessage<T>
{
    private ArrayBufferWriter<byte> _buffer = new();

    public ValueTask WriteAsync(T message, CancellationToken cancellationToken)
    {
        Write(message);
        return FlushAsync(cancellationToken);
    }

    public void Write(T message) => GrpcFrames.Write(_buffer, message, maxMessageBytes);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stream = await content.Opened.WaitAsync(cancellationToken);
            await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not GrpcException)
        {
            throw new GrpcException(GrpcStatus.Unavailable, "The stream is closed; read the responses for its status.", e);
        }

        // A buffer that one large batch blew up is not kept for the life of the stream.
        if (_buffer.Capacity > GrpcLimits.KeptBufferBytes) _buffer = new ArrayBufferWriter<byte>();
        else _buffer.ResetWrittenCount();
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_buffer.WrittenCount > 0) await FlushAsync(cancellationToken);
        content.Complete();
    }

    /// <summary>The caller disposed the call: nobody waits for the stream any more.</summary>
    public void Abandon() => content.Fail(new ObjectDisposedException("The call is disposed."));
}
