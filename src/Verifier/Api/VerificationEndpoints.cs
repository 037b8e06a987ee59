using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Verifier.Configuration;
using LicenceChain.Verifier.Verifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Verifier.Api;

/// <summary>POST /v1/verifications.</summary>
internal static class VerificationEndpoints
{
    public static void MapVerifications(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/verifications", VerifyAsync)
            .RequireAuthorization(TokenPolicies.Verify)
            .WithTags("verifications")
            .WithSummary("Verifies a presentation or a licence, decides recognition, releases the granted attributes, and logs the access.")
            .Produces<VerificationReply>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> VerifyAsync(VerificationBody body, VerifierConfiguration configuration, VerificationSlots slots, VerificationService service, CancellationToken cancellation)
    {
        // V1: parsed once into a request that cannot be malformed.
        if (!VerificationRequest.TryRead(body, configuration, out var request, out var refusal))
            return ApiProblem.Result(refusal.Code, StatusCodes.Status400BadRequest, "The request cannot be read", refusal.Detail);
        using var slot = slots.TryTake();
        return slot is null
            ? ApiProblem.Result(VerifierCodes.Busy, StatusCodes.Status429TooManyRequests, "Busy", "As many verifications are under way as this Verifier takes: try again shortly.")
            : Results.Ok(await service.VerifyAsync(request, cancellation));
    }
}
