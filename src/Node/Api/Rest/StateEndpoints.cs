using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Records of the state at the head, and proofs over them.</summary>
internal static class StateEndpoints
{
    public static void MapState(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/state/{kind}/{id}", Get).RequireAuthorization(TokenPolicies.Read).WithTags("state")
            .WithSummary("A record at the head, by kind and id. This node's word: ask for a proof to need none.").InEitherForm(400, 401, 403, 404);
        endpoints.MapPost("/v1/proofs", ProveAsync).RequireAuthorization(TokenPolicies.Read).WithTags("state")
            .Accepts<ProveForm>(Negotiation.Json, Negotiation.Protobuf)
            .WithSummary("Prove up to 64 keys, present or absent, under one certified header.").InEitherForm(400, 401, 403, 413, 415);
    }

    private static IResult Get(string kind, string id, HttpRequest request, INodeQueries queries)
    {
        // A slash of the id arrives as %2F and stays so in a route value.
        if (!StateKind.TryResolve(kind, id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), out var found, out var key, out var refusal))
            return Negotiation.Problem(refusal, refusal.Code == ApiCodes.UnknownKind ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, "No such state");
        var reply = StateQueries.Ask(queries, key);
        if (Negotiation.WantsProtobuf(request)) return new MessageResult(reply);
        return reply.Found
            ? new RecordResult(reply, found.Parser)
            : Negotiation.Problem(new Refusal(ApiCodes.NoRecord, $"The state holds no {kind} with this id."), StatusCodes.Status404NotFound, "No such record");
    }

    private static async Task<IResult> ProveAsync(HttpRequest request, INodeQueries queries, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, ApiLimits.MaxProofRequestBytes, cancellationToken);
        if (!ProveForm.TryRead(request, body, out var message, out var problem)) return problem;
        if (!StateQueries.TryReadKeys(message, out var keys, out var refusal)) return Negotiation.Problem(refusal, StatusCodes.Status400BadRequest, "Bad keys");
        return new MessageResult((await queries.ProveAsync(keys, cancellationToken)).Message);
    }

    private sealed class RecordResult(QueryReply reply, MessageParser parser) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => MessageResult.JsonAsync(
            httpContext.Response,
            writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("height", reply.Height);
                writer.WriteString("key", Convert.ToHexStringLower(reply.Key.Span));
                writer.WriteString("value", Convert.ToHexStringLower(reply.Value.Span));
                writer.WritePropertyName("record");
                ProtoJson.Write(writer, parser.ParseFrom(reply.Value));
                writer.WriteEndObject();
            },
            httpContext.RequestAborted);
    }
}
