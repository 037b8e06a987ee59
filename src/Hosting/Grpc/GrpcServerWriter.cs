using System.IO.Pipelines;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>Messages into a response body. Frames are written straight into Kestrel's pipe: no buffer of our own.</summary>
internal sealed class GrpcServerWriter<T>(GrpcServerCall call, PipeWriter pipe) : IGrpcWriter<T>
    where T : class, IMessage<T>
{
    public ValueTask WriteAsync(T message, CancellationToken cancellationToken)
    {
        Write(message);
        return FlushAsync(cancellationToken);
    }

    public void Write(T message)
    {
        GrpcFrames.Write(pipe, message, call.MaxMessageBytes);
        call.MessageWritten = true;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var result = await pipe.FlushAsync(cancellationToken);
        // A completed pipe: the caller went away. The handler must not go on producing for nobody.
        if (result.IsCompleted) throw new GrpcException(GrpcStatus.Cancelled, "The caller closed the stream.");
    }
}
