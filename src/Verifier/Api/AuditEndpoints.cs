using System.Security.Claims;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Verifier.Access;
using LicenceChain.Verifier.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Verifier.Api;

/// <summary>The audit trail and the log's checkpoints.</summary>
internal static class AuditEndpoints
{
    private const string Bearer = "Bearer ";

    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/audit").RequireAuthorization(TokenPolicies.Audit).WithTags("audit");
        group.MapGet("/licences/{id}", TrailAsync)
            .WithSummary("Both halves of every access to a licence's data, proven under checkpoints on chain. The reading is itself logged.")
            .Produces<AuditTrailReply>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/log/checkpoint", Checkpoint)
            .WithSummary("The access log as it stands.")
            .Produces<CheckpointReply>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/log/checkpoint", FlushAsync)
            .WithSummary("Anchors what was not yet anchored and returns the checkpoint on chain.")
            .Produces<CheckpointReply>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> TrailAsync(string id, HttpRequest request, ClaimsPrincipal user, AuditService audit, CancellationToken cancellation)
    {
        if (LicenceId.Read(id, out var licence) is LicenceIdReading.Invalid or LicenceIdReading.Unspecified)
            return ApiProblem.Result(VerifierCodes.BadRequest, StatusCodes.Status400BadRequest, "The request cannot be read", "The address names no licence identifier of GB/T 36904.");
        if (!user.TryGetTokenClaims(out var reader) || !OrganisationCode.TryParse(reader.Member, out _) || !OfficerNumber.IsValid(reader.Subject))
            return ApiProblem.Result(ProblemCodes.Forbidden, StatusCodes.Status403Forbidden, "Not allowed", "The token must name its member (organisation code) and an officer's number: readings are logged.");
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
        return Results.Ok(await audit.ReadAsync(licence, reader, token, cancellation));
    }

    private static IResult Checkpoint(AccessJournal journal)
    {
        var now = journal.Checkpoint();
        return Results.Ok(new CheckpointReply(journal.Origin, now.Size, now.Root.ToString(), 0, 0));
    }

    private static async Task<IResult> FlushAsync(CheckpointAnchor anchor, CancellationToken cancellation) =>
        Results.Ok(AuditService.ToReply(await anchor.FlushAsync(cancellation)));
}
