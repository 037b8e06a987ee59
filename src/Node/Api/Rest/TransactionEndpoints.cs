using System.Diagnostics.CodeAnalysis;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Submits transactions, and tells what became of them.</summary>
internal static class TransactionEndpoints
{
    public static void MapTransactions(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/transactions").WithTags("transactions");
        group.MapPost("", SubmitAsync)
            .RequireAuthorization(TokenPolicies.Submit)
            .Accepts<SubmitForm>(Negotiation.Json, Negotiation.Protobuf, Negotiation.Octets)
            .WithSummary("Submit a transaction; with wait, answer when its block is on disk.")
            .InEitherForm(400, 401, 403, 413, 415, 422, 503).Produces(202, null, Negotiation.Json);
        group.MapGet("/{id}", Get).RequireAuthorization(TokenPolicies.Read).WithSummary("What became of a transaction.").InEitherForm(400, 401, 403, 404);
        group.MapGet("/{id}/proof", Prove).RequireAuthorization(TokenPolicies.Read).WithSummary("Prove that a transaction and its receipt stand in a certified block.").InEitherForm(400, 401, 403, 404);
    }

    private static async Task<IResult> SubmitAsync(string? wait, HttpRequest request, SubmissionGate gate, CancellationToken cancellationToken)
    {
        // T1 Submit: bounded in size; parsed once, by the gate.
        var body = await RequestBody.ReadAsync(request, ApiLimits.MaxSubmissionBytes, cancellationToken);
        if (!SubmitForm.TryRead(request, body, wait, out var form, out var problem)) return problem;
        var result = await gate.SubmitAsync(form.Transaction, form.Wait, cancellationToken);
        var reply = Replies.From(result);
        if (Negotiation.WantsProtobuf(request)) return new MessageResult(reply);
        return result.Refusal switch
        {
            null => new MessageResult(reply, result.Receipt is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK),
            { Code: TransactionCodes.MempoolFull or NodeCodes.Stopping } => Negotiation.Problem(result.Refusal, StatusCodes.Status503ServiceUnavailable, "Try again"),
            _ => Negotiation.Problem(result.Refusal, StatusCodes.Status422UnprocessableEntity, "Transaction refused"),
        };
    }

    private static IResult Get(string id, HttpRequest request, INodeQueries queries, SubmissionGate gate)
    {
        if (TryFind(id, queries, out var block, out var index, out var problem))
            return new MessageResult(Replies.From(SubmitResult.Committed(block.Block.Header.Height, index, block.Receipts[index])));
        if (!Hash256.TryParse(id, out var hash) || !gate.IsPending(new TransactionId(hash))) return problem;
        return new MessageResult(Replies.From(SubmitResult.Pending(new TransactionId(hash))), Negotiation.WantsProtobuf(request) ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static IResult Prove(string id, INodeQueries queries) =>
        TryFind(id, queries, out var block, out var index, out var problem) ? new MessageResult(TransactionProofs.Prove(block, index)) : problem;

    private static bool TryFind(string id, INodeQueries queries, [NotNullWhen(true)] out CommittedBlock? block, out int index, [NotNullWhen(false)] out IResult? problem)
    {
        (block, index, problem) = (null, 0, null);
        if (!Hash256.TryParse(id, out var hash) || hash.IsZero)
            problem = Negotiation.Problem(new Refusal(ApiCodes.BadId, "A transaction id has 64 hexadecimal digits."), StatusCodes.Status400BadRequest, "Bad id");
        else if (!queries.TryGetTransaction(new TransactionId(hash), out var height, out index))
            problem = Negotiation.Problem(new Refusal(ApiCodes.NoTransaction, "This node has committed no such transaction."), StatusCodes.Status404NotFound, "No such transaction");
        else if (!queries.TryGetBlock(height, out block))
            problem = Negotiation.Problem(MissingBlock.Why(height, queries.Status), StatusCodes.Status404NotFound, "Its block is not held");
        return problem is null;
    }
}
