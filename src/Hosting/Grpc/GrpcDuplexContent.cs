using System.Net;

namespace LicenceChain.Hosting.Grpc;

/// <summary>A request body that stays open: hands its stream to the writer and ends when the writer says so.</summary>
internal sealed class GrpcDuplexContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream, once the connection stands.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>No further byte follows.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>The call failed before or after it opened: whoever waits for the stream is told.</summary>
    public void Fail(Exception cause)
    {
        _opened.TrySetException(cause);
        _ = _opened.Task.Exception; // seen: nobody need be waiting
        _completed.TrySetResult();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken); // the headers go out although no message is written yet
        _opened.TrySetResult(stream);
        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
