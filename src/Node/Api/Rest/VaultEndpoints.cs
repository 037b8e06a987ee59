using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Deposits, releases, and the vault's own record of who was given what.</summary>
internal static class VaultEndpoints
{
    public static void MapVault(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/vault").WithTags("vault");
        group.MapPost("/deposits", DepositAsync).RequireAuthorization(TokenPolicies.VaultDeposit).Accepts<VaultDepositsBody>(Negotiation.Protobuf)
            .WithSummary("Keep the data of issued licences: VaultDeposits, all or none.").InEitherForm(400, 401, 403, 413, 415, 422, 503);
        group.MapPost("/releases", ReleaseAsync).RequireAuthorization(TokenPolicies.VaultRelease).Accepts<VaultRequestBody>(Negotiation.Protobuf)
            .WithSummary("Granted attributes of a licence, enciphered to the requester: VaultRequest.").InEitherForm(400, 401, 403, 413, 415, 422, 503);
        group.MapGet("/audit/licences/{id}", TrailAsync).RequireAuthorization(TokenPolicies.Audit).WithSummary("Who asked for a licence's data and what came of it, each entry with its proof.").InEitherForm(400, 401, 403, 503);
        group.MapGet("/log/checkpoint", Checkpoint).RequireAuthorization(TokenPolicies.Audit).WithSummary("The log's size and root, and what of it is anchored on the chain.").AsJson(401, 403);
        group.MapGet("/log/entries/{index}", EntryAsync).RequireAuthorization(TokenPolicies.Audit).WithSummary("One entry of the log with its proof.").InEitherForm(401, 403, 404, 503);
    }

    private static async Task<IResult> DepositAsync(HttpRequest request, VaultService vault, CancellationToken cancellationToken)
    {
        if (!Negotiation.Sends(request, Negotiation.Protobuf)) return Negotiation.WrongMediaType(Negotiation.Protobuf);
        var batch = await RequestBody.ReadMessageAsync(request, VaultDeposits.Parser, ApiLimits.MaxDepositBytes, cancellationToken);
        if (batch is null) return Negotiation.BadBody("a canonical VaultDeposits");
        return vault.Deposit(batch) is { } refusal
            ? Problem(refusal, "Deposit refused")
            : new MessageResult(new VaultDepositReply { Stored = (uint)batch.Deposits.Count });
    }

    private static async Task<IResult> ReleaseAsync(HttpRequest request, VaultService vault, CancellationToken cancellationToken)
    {
        if (!Negotiation.Sends(request, Negotiation.Protobuf)) return Negotiation.WrongMediaType(Negotiation.Protobuf);
        var message = await RequestBody.ReadMessageAsync(request, VaultRequest.Parser, ApiLimits.MaxReleaseBytes, cancellationToken);
        if (message is null) return Negotiation.BadBody("a canonical VaultRequest");
        var reply = await vault.ReleaseAsync(message, cancellationToken);
        return reply.Code == Refusal.Ok || Negotiation.WantsProtobuf(request)
            ? new MessageResult(reply)
            : Problem(new Refusal(reply.Code, reply.Detail), "Release refused");
    }

    private static IResult Problem(Refusal refusal, string title) =>
        Negotiation.Problem(refusal, VaultCodes.IsUndetermined(refusal.Code) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status422UnprocessableEntity, title);

    private static async Task<IResult> TrailAsync(string id, string? from, HttpRequest request, VaultService vault)
    {
        ulong start = 0;
        if (from is not null && !ulong.TryParse(from, NumberStyles.None, NumberFormatInfo.InvariantInfo, out start))
            return Negotiation.Problem(new Refusal(ApiCodes.BadRange, "from is the index of an entry."), StatusCodes.Status400BadRequest, "Out of range");
        if (!LicenceId.TryParseStrict(id, out var licence))
            return Negotiation.Problem(new Refusal(ApiCodes.BadId, "The id is a licence identifier of GB/T 36904."), StatusCodes.Status400BadRequest, "Bad id");
        if (!TryReader(request, vault, out var reader, out var problem)) return problem;
        var trail = vault.Trail(licence, start);
        await vault.RecordReadingAsync(reader, licence.Value);
        return Negotiation.WantsProtobuf(request) ? new MessageResult(trail) : new JsonResult(writer => VaultJson.WriteTrail(writer, trail));
    }

    private static JsonResult Checkpoint(VaultService vault) => new JsonResult(writer => VaultJson.WriteCheckpoint(writer, vault, vault.AccessLog.Checkpoint()));

    private static async Task<IResult> EntryAsync(string index, HttpRequest request, VaultService vault)
    {
        var size = vault.AccessLog.Size;
        if (!ulong.TryParse(index, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var at) || at >= size)
            return Negotiation.Problem(new Refusal(ApiCodes.NoLogEntry, $"The log has {size} entries, counted from 0."), StatusCodes.Status404NotFound, "No such entry");
        if (!TryReader(request, vault, out var reader, out var problem)) return problem;
        await vault.RecordReadingAsync(reader, vault.RecordAt(at).LicenceId);
        var entry = vault.AccessLog.Entry(at, size);
        return Negotiation.WantsProtobuf(request) ? new MessageResult(entry) : new JsonResult(writer => VaultJson.WriteEntry(writer, entry));
    }

    // Reading the log is itself logged: a token that does not say who reads opens nothing, and neither does a log to which nothing may be added.
    private static bool TryReader(HttpRequest request, VaultService vault, [NotNullWhen(true)] out TokenClaims? reader, [NotNullWhen(false)] out IResult? problem)
    {
        var ok = request.HttpContext.User.TryGetTokenClaims(out reader) && OrganisationCode.TryParse(reader.Member, out _) && OfficerNumber.IsValid(reader.Subject);
        problem = ok ? null : Negotiation.Problem(
            new Refusal(ProblemCodes.Forbidden, "The token must name its member (organisation code) and an officer's number: readings are logged."), StatusCodes.Status403Forbidden, "Not allowed");
        if (ok && vault.LogFault is { } lost) (ok, problem) = (false, Problem(lost, "The log is not whole"));
        return ok;
    }

    /// <summary>Names the body in the OpenAPI document; it is VaultDeposits of vault.proto.</summary>
    internal sealed record VaultDepositsBody;

    /// <summary>Names the body in the OpenAPI document; it is VaultRequest of vault.proto.</summary>
    internal sealed record VaultRequestBody;
}
