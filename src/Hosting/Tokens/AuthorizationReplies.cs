using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace LicenceChain.Hosting.Tokens;

/// <summary>Says no in the words of the endpoint: a gRPC status for gRPC, a problem document for REST.</summary>
internal sealed class AuthorizationReplies : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var grpc = context.GetEndpoint()?.Metadata.GetMetadata<GrpcEndpointMetadata>() is not null && HttpProtocol.IsHttp2(context.Request.Protocol);
        if (authorizeResult.Forbidden)
        {
            await Forbid(context, grpc);
            return;
        }

        var result = await context.AuthenticateAsync(); // remembered from before: nothing is verified twice
        await Challenge(context, grpc, expired: result.Failure is SecurityTokenExpiredException);
    }

    private static Task Challenge(HttpContext context, bool grpc, bool expired)
    {
        var detail = expired ? "The token has expired: ask its authority for a new one." : "Send a valid bearer token in the Authorization header.";
        if (grpc) return Refuse(context, GrpcStatus.Unauthenticated, detail);
        context.Response.Headers.WWWAuthenticate = expired ? "Bearer error=\"invalid_token\", error_description=\"expired\"" : "Bearer";
        var code = expired ? ProblemCodes.TokenExpired : ProblemCodes.Unauthenticated;
        return ApiProblem.Result(code, StatusCodes.Status401Unauthorized, "Not authenticated", detail).ExecuteAsync(context);
    }

    private static Task Forbid(HttpContext context, bool grpc)
    {
        const string detail = "The token is valid and lacks the role that this operation needs.";
        return grpc
            ? Refuse(context, GrpcStatus.PermissionDenied, detail)
            : ApiProblem.Result(ProblemCodes.Forbidden, StatusCodes.Status403Forbidden, "Not allowed", detail).ExecuteAsync(context);
    }

    private static Task Refuse(HttpContext context, GrpcStatus status, string message)
    {
        GrpcTrailers.Write(context, status, message, messageWritten: false);
        return Task.CompletedTask;
    }
}
