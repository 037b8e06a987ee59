using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace LicenceChain.Hosting.Grpc;

/// <summary>
/// A connection to a gRPC service, made on the first call and made again when it broke. Safe for calls from several threads.
/// Every failure is a <see cref="GrpcException"/>; only the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;
    private readonly int _maxMessageBytes;
    private readonly TimeProvider _clock;

    /// <summary>Opens its own connections as <paramref name="options"/> say.</summary>
    public GrpcChannel(GrpcChannelOptions options)
        : this(new HttpMessageInvoker(Handler(options)), options.Address, options.MaxMessageBytes, options.Clock)
    {
    }

    /// <summary>Over a transport of the caller's, such as a test server's; the channel disposes it.</summary>
    public GrpcChannel(HttpMessageInvoker http, Uri address, int maxMessageBytes, TimeProvider clock)
    {
        _http = http;
        _address = address;
        _maxMessageBytes = maxMessageBytes;
        _clock = clock;
    }

    /// <summary>One request, one response. <paramref name="path"/> is <c>/package.Service/Method</c>.</summary>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        string path, TRequest request, MessageParser<TResponse> parser, GrpcCallOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = Start(path, Single(request), parser, options, cancellationToken);
        var response = await call.ReadAsync(cancellationToken) ?? throw new GrpcException(GrpcStatus.Unimplemented, "The server sent no response.");
        if (await call.ReadAsync(cancellationToken) is not null) throw new GrpcException(GrpcStatus.Unimplemented, "The server sent several responses to one request.");
        return response;
    }

    /// <summary>One request, and responses as they come. Leaving the loop early cancels the call.</summary>
    public async IAsyncEnumerable<TResponse> ServerStreamingAsync<TRequest, TResponse>(
        string path, TRequest request, MessageParser<TResponse> parser, GrpcCallOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = Start(path, Single(request), parser, options, cancellationToken);
        while (await call.ReadAsync(cancellationToken) is { } response) yield return response;
    }

    /// <summary>
    /// Opens a bidirectional stream. Returns at once: the connection is made meanwhile, and a failure to make it shows at the first
    /// read or write. <paramref name="cancellationToken"/> ends the whole call.
    /// </summary>
    public GrpcDuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(
        string path, MessageParser<TResponse> parser, GrpcCallOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var content = new GrpcDuplexContent();
        var call = Start(path, content, parser, options, cancellationToken);
        return new GrpcDuplexCall<TRequest, TResponse>(call, new GrpcClientWriter<TRequest>(content, _maxMessageBytes));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private GrpcClientCall<T> Start<T>(string path, HttpContent content, MessageParser<T> parser, GrpcCallOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var scope = new GrpcCallScope(options?.Timeout, _clock, cancellationToken);
        return new GrpcClientCall<T>(scope, SendAsync(Request(path, content, options), scope.Token), parser, _maxMessageBytes);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken); // an invoker returns at the headers: ResponseHeadersRead (pitfall 9)
        }
        catch (Exception e) when (request.Content is GrpcDuplexContent duplex && Tell(duplex, e))
        {
            throw;
        }
    }

    private static bool Tell(GrpcDuplexContent content, Exception cause)
    {
        content.Fail(cause);
        return false;
    }

    private HttpRequestMessage Request(string path, HttpContent content, GrpcCallOptions? options)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact, // pitfall 9
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers")); // pitfall 9: proxies drop trailers without it
        request.Headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.KnownEncodings);
        if (options?.Timeout is { } timeout) request.Headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Format(timeout));
        if (options?.BearerToken is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private ByteArrayContent Single(IMessage message)
    {
        var frame = new System.Buffers.ArrayBufferWriter<byte>(message.CalculateSize() + GrpcLimits.FrameHeaderBytes);
        GrpcFrames.Write(frame, message, _maxMessageBytes);
        return System.Runtime.InteropServices.MemoryMarshal.TryGetArray(frame.WrittenMemory, out var bytes)
            ? new ByteArrayContent(bytes.Array!, bytes.Offset, bytes.Count)
            : throw new InvalidOperationException("The frame buffer is not an array.");
    }

    private static SocketsHttpHandler Handler(GrpcChannelOptions options)
    {
        options.Validate();
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = GrpcLimits.StreamWindowBytes,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = options.KeepAlivePingDelay,
            KeepAlivePingTimeout = options.KeepAlivePingTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        var tls = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = options.CheckServerCertificate,
            AllowTlsResume = options.CheckServerCertificate is null, // a resumed session vouches for the certificate of an earlier one
        };
        if (options.ClientCertificate is { } certificate) tls.ClientCertificates = new X509CertificateCollection { certificate };
        if (options.ClientCertificate is not null) tls.LocalCertificateSelectionCallback = (_, _, own, _, _) => own[0];
        handler.SslOptions = tls;
        return handler;
    }
}
