using System.Globalization;
using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Blocks and headers.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/blocks/{height}", Get).RequireAuthorization(TokenPolicies.Read).WithTags("blocks").WithSummary("A committed block with its certificate and receipts.").InEitherForm(400, 401, 403, 404);
        endpoints.MapGet("/v1/headers", Headers).RequireAuthorization(TokenPolicies.Read).WithTags("blocks").WithSummary("A page of headers with their certificates, for light clients.").InEitherForm(400, 401, 403);
    }

    private static IResult Get(string height, INodeQueries queries)
    {
        if (!TryHeight(height, out var wanted)) return BadRange("A height is a number from 0 on.");
        return queries.TryGetBlock(wanted, out var block)
            ? new MessageResult(CommittedBlockMessage.Parser.ParseFrom(block.Bytes.Span))
            : Negotiation.Problem(MissingBlock.Why(wanted, queries.Status), StatusCodes.Status404NotFound, "No such block");
    }

    private static IResult Headers(string? from, string? limit, HttpRequest request, INodeQueries queries, CancellationToken cancellationToken)
    {
        var height = default(Height);
        var count = ApiLimits.DefaultHeaders;
        if (from is not null && !TryHeight(from, out height)) return BadRange("from is a height, a number from 0 on.");
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, NumberFormatInfo.InvariantInfo, out count) && count is >= 1 and <= ApiLimits.MaxHeaders))
            return BadRange($"limit is 1 to {ApiLimits.MaxHeaders}.");

        var entries = new HeaderEntries(queries);
        var page = new List<HeaderEntry>();
        for (; page.Count < count && queries.TryGetBlock(height, out var block); height = height.Next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            page.Add(entries.Of(block));
        }

        return new PageResult(page, Negotiation.WantsProtobuf(request));
    }

    private static bool TryHeight(string text, out Height height)
    {
        var ok = ulong.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var value) && value < long.MaxValue;
        height = new Height(value);
        return ok;
    }

    private static IResult BadRange(string detail) => Negotiation.Problem(new Refusal(ApiCodes.BadRange, detail), StatusCodes.Status400BadRequest, "Out of range");

    private sealed class PageResult(List<HeaderEntry> page, bool protobuf) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (!protobuf)
            {
                await MessageResult.JsonAsync(httpContext.Response, WriteJson, httpContext.RequestAborted);
                return;
            }

            httpContext.Response.ContentType = Negotiation.Protobuf;
            using var buffer = new MemoryStream();
            foreach (var entry in page) entry.WriteDelimitedTo(buffer);
            await httpContext.Response.BodyWriter.WriteAsync(buffer.ToArray(), httpContext.RequestAborted);
        }

        private void WriteJson(System.Text.Json.Utf8JsonWriter writer)
        {
            writer.WriteStartArray();
            foreach (var entry in page) ProtoJson.Write(writer, entry);
            writer.WriteEndArray();
        }
    }
}
