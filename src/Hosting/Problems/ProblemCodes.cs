namespace LicenceChain.Hosting.Problems;

/// <summary>Codes of refusals that are about the request itself, before any rule of the domain was asked. Listed in docs/reference/codes.md.</summary>
public static class ProblemCodes
{
    /// <summary>The server failed; its log holds the cause.</summary>
    public const string Internal = "LC-API-001";

    /// <summary>The request cannot be read: a field is missing, malformed or out of range.</summary>
    public const string BadRequest = "LC-API-002";

    /// <summary>No bearer token, or one that does not verify.</summary>
    public const string Unauthenticated = "LC-API-003";

    /// <summary>The bearer token has expired.</summary>
    public const string TokenExpired = "LC-API-004";

    /// <summary>The bearer token is good and lacks the role.</summary>
    public const string Forbidden = "LC-API-005";

    /// <summary>No such address, or nothing under it.</summary>
    public const string NotFound = "LC-API-006";

    /// <summary>The address exists; the method does not apply to it.</summary>
    public const string MethodNotAllowed = "LC-API-007";

    /// <summary>The body is over the limit.</summary>
    public const string TooLarge = "LC-API-008";

    /// <summary>The body's media type is not one that the address takes.</summary>
    public const string UnsupportedMediaType = "LC-API-009";

    /// <summary>A queue is full: come again later.</summary>
    public const string TooManyRequests = "LC-API-010";

    /// <summary>The service is not ready to answer.</summary>
    public const string Unavailable = "LC-API-011";

    /// <summary>Another HTTP error without a code of its own.</summary>
    public const string Other = "LC-API-012";
}
