using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Grpc;

/// <summary>One call on the server: checks the request's form, runs the handler under its deadline, and ends with exactly one status.</summary>
internal sealed class GrpcServerCall(HttpContext http, int maxMessageBytes, CancellationToken stopping)
{
    /// <summary>Bound of one message, either way.</summary>
    public int MaxMessageBytes => maxMessageBytes;

    /// <summary>A message stands in the response, so that the status can only follow as a trailer.</summary>
    public bool MessageWritten { get; set; }

    /// <summary>Runs <paramref name="body"/>; nothing but a broken connection comes out as an exception.</summary>
    public async Task RunAsync(Func<GrpcServerCall, GrpcCallContext, Task> body)
    {
        if (!HasRightForm()) return;
        LiftStreamLimits();
        using var deadline = Deadline(out var refused);
        if (refused is not null || UnknownEncoding() is { } unknown && (refused = unknown) is not null)
        {
            Finish(refused.Status, refused.Message);
            return;
        }

        var deadlineToken = deadline?.Token ?? CancellationToken.None;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadlineToken, stopping);
        try
        {
            http.Response.ContentType = GrpcHeaders.ContentType;
            await body(this, new GrpcCallContext(http, linked.Token));
            Finish(GrpcStatus.Ok, "");
        }
#pragma warning disable CA1031 // The edge of the service: whatever a handler throws becomes a status, and its cause goes to the log.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The unread request body stays untouched: reading it now would turn the status into HTTP 500 (pitfall 4).
            var (status, message) = Explain(e, deadline);
            Finish(status, message);
        }
    }

    /// <summary>Messages of the request.</summary>
    public GrpcFrameReader<T> Reader<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var gzip = http.Request.Headers[GrpcHeaders.Encoding] == GrpcHeaders.Gzip;
        return new GrpcFrameReader<T>(http.Request.BodyReader, new GrpcFrameRules<T>(parser, gzip, maxMessageBytes, GrpcStatus.InvalidArgument));
    }

    /// <summary>The only message of the request; <see cref="GrpcStatus.Unimplemented"/> for none or several, as gRPC's status table asks.</summary>
    public async Task<T> ReadSingleAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var reader = Reader(parser);
        var message = await reader.ReadAsync(cancellationToken) ?? throw new GrpcException(GrpcStatus.Unimplemented, "The method takes one message; none came.");
        if (await reader.ReadAsync(cancellationToken) is not null) throw new GrpcException(GrpcStatus.Unimplemented, "The method takes one message; several came.");
        return message;
    }

    /// <summary>Messages of the response.</summary>
    public GrpcServerWriter<T> Writer<T>()
        where T : class, IMessage<T> => new(this, http.Response.BodyWriter);

    private void Finish(GrpcStatus status, string message)
    {
        if (!http.RequestAborted.IsCancellationRequested) GrpcTrailers.Write(http, status, message, MessageWritten);
    }

    private bool HasRightForm()
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "h2c";
            return false;
        }

        var type = http.Request.ContentType ?? "";
        if (type is GrpcHeaders.ContentType or GrpcHeaders.ContentType + "+proto") return true;
        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return false;
    }

    private void LiftStreamLimits()
    {
        // Pitfall 2: the minimum data rate kills an idle stream, and its whole connection with it.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        // Pitfall 3: the body limit counts all messages of a stream; ours counts each.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
    }

    private CancellationTokenSource? Deadline(out GrpcException? refused)
    {
        refused = null;
        var header = http.Request.Headers[GrpcHeaders.Timeout];
        if (header.Count == 0) return null;
        if (!GrpcTimeout.TryParse(header.ToString(), out var timeout))
        {
            refused = new GrpcException(GrpcStatus.InvalidArgument, "grpc-timeout must be at most 8 digits and one of H, M, S, m, u, n.");
            return null;
        }

        return new CancellationTokenSource(timeout, http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System);
    }

    private GrpcException? UnknownEncoding()
    {
        var encoding = http.Request.Headers[GrpcHeaders.Encoding].ToString();
        if (encoding is "" or GrpcHeaders.Identity or GrpcHeaders.Gzip) return null;
        http.Response.Headers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.KnownEncodings; // pitfall 8
        return new GrpcException(GrpcStatus.Unimplemented, "The message encoding is not known here; use identity or gzip.");
    }

    private (GrpcStatus Status, string Message) Explain(Exception exception, CancellationTokenSource? deadline)
    {
        // Pitfall 5: the tokens say which of the two it was; the clock may say otherwise by a hair.
        if (http.RequestAborted.IsCancellationRequested) return (GrpcStatus.Cancelled, "");
        if (deadline is { IsCancellationRequested: true }) return (GrpcStatus.DeadlineExceeded, "The deadline of the call has passed.");
        if (exception is GrpcException refusal) return (refusal.Status, refusal.Message);
        if (exception is OperationCanceledException) return (GrpcStatus.Unavailable, "The server gave the call up; it may be stopping.");
        Log.GrpcHandlerFailed(http.RequestServices.GetRequiredService<ILogger<GrpcServerCall>>(), http.Request.Path, exception);
        return (GrpcStatus.Internal, "The server failed; its log holds the cause.");
    }
}
