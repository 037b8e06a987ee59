using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>One call on the client: waits for the headers, reads messages, and turns every way of ending into a status.</summary>
internal sealed class GrpcClientCall<T> : IGrpcReader<T>, IDisposable
    where T : class, IMessage<T>
{
    private const int ReadBufferBytes = 32 * 1024;

    private readonly GrpcCallScope _scope;
    private readonly Task<HttpResponseMessage> _sending;
    private readonly MessageParser<T> _parser;
    private readonly int _maxMessageBytes;
    private HttpResponseMessage? _response;
    private GrpcFrameReader<T>? _frames;

    public GrpcClientCall(GrpcCallScope scope, Task<HttpResponseMessage> sending, MessageParser<T> parser, int maxMessageBytes)
    {
        _scope = scope;
        _sending = sending;
        _parser = parser;
        _maxMessageBytes = maxMessageBytes;
    }

    public async ValueTask<T?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _frames ??= await OpenAsync(cancellationToken);
            using var linked = _scope.Link(cancellationToken);
            var message = await _frames.ReadAsync(linked?.Token ?? _scope.Token);
            if (message is null) ThrowUnlessOk(_response!.TrailingHeaders);
            return message;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw _scope.Explain(e, cancellationToken);
        }
    }

    public bool TryRead([NotNullWhen(true)] out T? message)
    {
        message = null;
        return _frames is not null && _frames.TryRead(out message);
    }

    public void Dispose()
    {
        _scope.Cancel(); // an exchange under way is reset; a finished one does not notice
        _response?.Dispose();
        // A response that arrives after this is disposed too, and a failure nobody waits for counts as seen.
        _ = _sending.ContinueWith(
            static sent => { if (sent.IsCompletedSuccessfully) sent.Result.Dispose(); else _ = sent.Exception; },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        _scope.Dispose();
    }

    private async Task<GrpcFrameReader<T>> OpenAsync(CancellationToken cancellationToken)
    {
        var response = _response = await _sending.WaitAsync(cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK) throw new GrpcException(FromHttp(response.StatusCode), $"The server answered HTTP {(int)response.StatusCode}.");
        if (response.Headers.Contains(GrpcHeaders.Status)) ThrowUnlessOk(response.Headers); // trailers-only
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!type.StartsWith(GrpcHeaders.ContentType, StringComparison.Ordinal)) throw new GrpcException(GrpcStatus.Unknown, "The server's answer is not gRPC.");
        var gzip = response.Headers.TryGetValues(GrpcHeaders.Encoding, out var encodings) && encodings.Contains(GrpcHeaders.Gzip, StringComparer.Ordinal);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: ReadBufferBytes));
        return new GrpcFrameReader<T>(pipe, new GrpcFrameRules<T>(_parser, gzip, _maxMessageBytes, GrpcStatus.Internal));
    }

    private static void ThrowUnlessOk(System.Net.Http.Headers.HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues(GrpcHeaders.Status, out var values) || !int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            throw new GrpcException(GrpcStatus.Unknown, "The server ended the call without a status.");
        if (code == (int)GrpcStatus.Ok) return;
        var message = headers.TryGetValues(GrpcHeaders.Message, out var texts) ? GrpcStatusMessage.Decode(texts.First()) : "";
        throw new GrpcException(Enum.IsDefined((GrpcStatus)code) ? (GrpcStatus)code : GrpcStatus.Unknown, message);
    }

    private static GrpcStatus FromHttp(HttpStatusCode code) => code switch
    {
        HttpStatusCode.BadRequest => GrpcStatus.Internal,
        HttpStatusCode.Unauthorized => GrpcStatus.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatus.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatus.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => GrpcStatus.Unavailable,
        _ => GrpcStatus.Unknown,
    };
}
