using Microsoft.AspNetCore.Http;

namespace LicenceChain.Hosting.Grpc;

/// <summary>What a handler knows about its call beside the request.</summary>
public sealed class GrpcCallContext
{
    internal GrpcCallContext(HttpContext http, CancellationToken cancellationToken)
    {
        Http = http;
        CancellationToken = cancellationToken;
    }

    /// <summary>The request below: user, connection, client certificate. A handler leaves its bodies alone.</summary>
    public HttpContext Http { get; }

    /// <summary>Cancelled when the caller goes away, when its deadline passes, and when the server stops.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Puts the response headers on the wire before the first message, so that the caller knows that the stream is open.
    /// Not StartAsync: that leaves them in Kestrel's buffer (pitfall 1).
    /// </summary>
    public async Task SendHeadersAsync() => await Http.Response.BodyWriter.FlushAsync(CancellationToken);
}
