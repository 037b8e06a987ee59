using LicenceChain.Hosting.Problems;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LicenceChain.Node.Api.Forms;

/// <summary>Which form a caller sends and which one it accepts.</summary>
internal static class Negotiation
{
    public const string Protobuf = "application/x-protobuf";
    public const string Octets = "application/octet-stream";
    public const string Json = "application/json";

    /// <summary>True when Protobuf is accepted and not less than JSON. Without a header: JSON.</summary>
    public static bool WantsProtobuf(HttpRequest request)
    {
        double protobuf = 0, json = 0;
        foreach (var one in request.GetTypedHeaders().Accept)
        {
            var quality = one.Quality ?? 1;
            if (Is(one.MediaType.Value, Protobuf)) protobuf = Math.Max(protobuf, quality);
            else if (Is(one.MediaType.Value, Json)) json = Math.Max(json, quality);
        }

        return protobuf > 0 && protobuf >= json;
    }

    /// <summary>True when the body is of this media type, whatever its parameters.</summary>
    public static bool Sends(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var sent) && Is(sent.MediaType.Value, mediaType);

    /// <summary>A refusal as a problem document.</summary>
    public static IResult Problem(Refusal refusal, int status, string title) => ApiProblem.Result(refusal.Code, status, title, refusal.Detail);

    /// <summary>The body cannot be read.</summary>
    public static IResult BadBody(string expected) =>
        ApiProblem.Result(ProblemCodes.BadRequest, StatusCodes.Status400BadRequest, "Bad request", $"The body is {expected}; see /swagger.");

    /// <summary>The body has another media type.</summary>
    public static IResult WrongMediaType(string expected) =>
        ApiProblem.Result(ProblemCodes.UnsupportedMediaType, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", $"Send {expected}.");

    private static bool Is(string? mediaType, string expected) => string.Equals(mediaType, expected, StringComparison.OrdinalIgnoreCase);
}
