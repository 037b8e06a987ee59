using System.Net.Http;

namespace LicenceChain.Hosting.Grpc;

/// <summary>How long one client call may live: its deadline, its caller's token, and its disposal.</summary>
internal sealed class GrpcCallScope : IDisposable
{
    private const long Http2RefusedStream = 0x7;
    private const long Http2Cancel = 0x8;
    private const long Http2EnhanceYourCalm = 0xB;

    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _all;
    private readonly CancellationToken _caller;

    public GrpcCallScope(TimeSpan? timeout, TimeProvider clock, CancellationToken caller)
    {
        _caller = caller;
        _deadline = timeout is { } time ? new CancellationTokenSource(time, clock) : null;
        _all = CancellationTokenSource.CreateLinkedTokenSource(caller, _deadline?.Token ?? CancellationToken.None);
        Token = _all.Token;
    }

    /// <summary>Cancelled at the deadline, by the caller, and at disposal.</summary>
    public CancellationToken Token { get; }

    /// <summary>This scope and one read's token; null when that token adds nothing, which spares an allocation for each message.</summary>
    public CancellationTokenSource? Link(CancellationToken read) =>
        read.CanBeCanceled && read != _caller ? CancellationTokenSource.CreateLinkedTokenSource(Token, read) : null;

    public void Cancel() => _all.Cancel();

    /// <summary>Says in gRPC's words why the exchange broke. From the tokens, not from the clock (pitfall 5).</summary>
    public Exception Explain(Exception cause, CancellationToken read)
    {
        if (read.IsCancellationRequested) return new OperationCanceledException(cause.Message, cause, read);
        if (_caller.IsCancellationRequested) return new OperationCanceledException(cause.Message, cause, _caller);
        if (_deadline is { IsCancellationRequested: true }) return new GrpcException(GrpcStatus.DeadlineExceeded, "The deadline of the call has passed.", cause);
        var code = (cause as HttpProtocolException ?? cause.InnerException as HttpProtocolException)?.ErrorCode;
        // A cancellation that none of our tokens asked for is the transport's: it gave up the request together with the connection.
        var status = code switch
        {
            Http2Cancel => GrpcStatus.Cancelled,
            Http2EnhanceYourCalm => GrpcStatus.ResourceExhausted,
            Http2RefusedStream => GrpcStatus.Unavailable,
            _ when Token.IsCancellationRequested => GrpcStatus.Cancelled, // disposed by its owner
            _ => GrpcStatus.Unavailable,
        };
        return new GrpcException(status, status == GrpcStatus.Unavailable ? "The server cannot be reached, or the connection broke." : "The server reset the call.", cause);
    }

    public void Dispose()
    {
        _all.Dispose();
        _deadline?.Dispose();
    }
}
