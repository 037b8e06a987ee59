using System.Buffers;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>Messages into a request body: gathered in one buffer that is kept from batch to batch, written in one go.</summary>
internal sealed class GrpcClientWriter<T>(GrpcDuplexContent content, int maxMessageBytes) : IGrpcWriter<T>
    where T : class, IMessage<T>
{
    private ArrayBufferWriter<byte> _buffer = new();
    private bool _broken;

    public ValueTask WriteAsync(T message, CancellationToken cancellationToken)
    {
        Write(message);
        return FlushAsync(cancellationToken);
    }

    public void Write(T message) => GrpcFrames.Write(_buffer, message, maxMessageBytes);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_broken) throw Closed(null);
        _broken = true; // until the whole batch is out: half a frame cannot be taken back, and nothing may follow it
        try
        {
            var stream = await content.Opened.WaitAsync(cancellationToken);
            await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not GrpcException)
        {
            throw Closed(e);
        }

        _broken = false;

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

    private static GrpcException Closed(Exception? cause) =>
        new(GrpcStatus.Unavailable, "The stream is closed, or a write was cancelled halfway; read the responses for its status.", cause);
}
