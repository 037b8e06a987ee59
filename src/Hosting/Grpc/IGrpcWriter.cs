namespace LicenceChain.Hosting.Grpc;

/// <summary>The sending half of a stream of messages. One writer at a time; it may be another than the reader.</summary>
/// <typeparam name="T">The message type.</typeparam>
public interface IGrpcWriter<in T>
    where T : class
{
    /// <summary>Sends one message now. Waits while the other side's flow-control window is full: that is the back-pressure.</summary>
    ValueTask WriteAsync(T message, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a message to the buffer without sending. The caller bounds the batch and calls <see cref="FlushAsync"/>.
    /// Throws <see cref="GrpcException"/> with <see cref="GrpcStatus.ResourceExhausted"/> for a message over the limit.
    /// </summary>
    void Write(T message);

    /// <summary>Sends what <see cref="Write"/> gathered. Cancelling it may leave half a message on the wire: the stream takes no more then.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
