using Microsoft.AspNetCore.Http;

namespace LicenceChain.Hosting.Problems;

/// <summary>RFC 9457 problem documents with a stable <c>code</c> that programs can switch on.</summary>
public static class ApiProblem
{
    /// <summary>
    /// A response of media type application/problem+json. <paramref name="code"/> is stable and listed in docs/reference/codes.md;
    /// <paramref name="title"/> is the same for every occurrence of the code; <paramref name="detail"/> says what to do about this one and
    /// holds neither personal data nor internals.
    /// </summary>
    public static IResult Result(string code, int status, string title, string detail) =>
        Result(code, status, title, detail, []);

    /// <summary>As above with further members, such as a list of reasons.</summary>
    public static IResult Result(string code, int status, string title, string detail, IEnumerable<KeyValuePair<string, object?>> members) =>
        Results.Problem(
            detail: detail,
            statusCode: status,
            title: title,
            type: "urn:licencechain:problem:" + code,
            extensions: members.Append(new KeyValuePair<string, object?>("code", code)));

    /// <summary>The document for a bare HTTP status that something below us answered with.</summary>
    internal static IResult ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Result(ProblemCodes.BadRequest, status, "Bad request", "The request cannot be read: check its address, headers and body against /swagger."),
        StatusCodes.Status401Unauthorized => Result(ProblemCodes.Unauthenticated, status, "Not authenticated", "Send a bearer token in the Authorization header."),
        StatusCodes.Status403Forbidden => Result(ProblemCodes.Forbidden, status, "Not allowed", "The token lacks the role that this operation needs."),
        StatusCodes.Status404NotFound => Result(ProblemCodes.NotFound, status, "Not found", "Nothing stands at this address; /swagger lists what does."),
        StatusCodes.Status405MethodNotAllowed => Result(ProblemCodes.MethodNotAllowed, status, "Method not allowed", "The Allow header names the methods that this address takes."),
        StatusCodes.Status413PayloadTooLarge => Result(ProblemCodes.TooLarge, status, "Body too large", "Send less at a time."),
        StatusCodes.Status415UnsupportedMediaType => Result(ProblemCodes.UnsupportedMediaType, status, "Unsupported media type", "/swagger lists the media types that this address takes."),
        StatusCodes.Status429TooManyRequests => Result(ProblemCodes.TooManyRequests, status, "Too many requests", "Wait as long as the Retry-After header says."),
        StatusCodes.Status503ServiceUnavailable => Result(ProblemCodes.Unavailable, status, "Not ready", "Ask /health/ready for the reasons and try again."),
        >= 500 => Result(ProblemCodes.Internal, status, "Server error", "The server failed; its log holds the cause."),
        _ => Result(ProblemCodes.Other, status, "Request refused", "The request was refused with this HTTP status."),
    };
}
