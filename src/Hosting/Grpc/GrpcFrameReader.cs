using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>Messages out of a pipe, for either side of a call. After it threw it must not be used again (pitfall 4).</summary>
internal sealed class GrpcFrameReader<T>(PipeReader pipe, GrpcFrameRules<T> rules) : IGrpcReader<T>
    where T : class, IMessage<T>
{
    private bool _ended;

    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (GrpcFrames.TryTake(ref buffer, rules, out var message))
            {
                pipe.AdvanceTo(buffer.Start);
                return message;
            }

            _ended = result.IsCompleted;
            if (_ended && !buffer.IsEmpty) throw new GrpcException(GrpcStatus.Internal, "The stream ended within a message.");
            pipe.AdvanceTo(buffer.Start, buffer.End);
        }

        return null;
    }

    public bool TryRead([NotNullWhen(true)] out T? message)
    {
        message = null;
        if (_ended || !pipe.TryRead(out var result)) return false;
        var buffer = result.Buffer;
        var taken = GrpcFrames.TryTake(ref buffer, rules, out message);
        pipe.AdvanceTo(buffer.Start); // what is left counts as unseen: the next ReadAsync looks at it at once
        return taken;
    }
}
