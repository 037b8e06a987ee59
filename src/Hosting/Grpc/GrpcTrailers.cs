using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LicenceChain.Hosting.Grpc;

/// <summary>How a server states a call's status.</summary>
internal static class GrpcTrailers
{
    /// <summary>Before the first message a failure goes with the headers alone (trailers-only); all else goes as a trailer (pitfall 7).</summary>
    public static void Write(HttpContext http, GrpcStatus status, string message, bool messageWritten)
    {
        var trailersOnly = status != GrpcStatus.Ok && !messageWritten && !http.Response.HasStarted;
        var target = trailersOnly ? http.Response.Headers : http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        if (trailersOnly) http.Response.ContentType = GrpcHeaders.ContentType;
        target[GrpcHeaders.Status] = ((int)status).ToString(CultureInfo.InvariantCulture);
        if (message.Length > 0) target[GrpcHeaders.Message] = GrpcStatusMessage.Encode(message);
    }
}
