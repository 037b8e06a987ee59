using System.Globalization;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Events as they are committed, from any height, over server-sent events.</summary>
internal static class EventEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapEvents(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/v1/events", Follow).RequireAuthorization(TokenPolicies.Read).WithTags("events")
            .WithSummary("Events from a height on (text/event-stream). Reconnect with Last-Event-ID: nothing is missed.")
            .Produces(StatusCodes.Status200OK, null, "text/event-stream").Problems(400, 401, 403, 429);

    private static IResult Follow(
        string? from, string? types, string? follow, [FromHeader(Name = LastEventId)] string? last, EventFeed feed, INodeQueries queries, StreamSlots slots, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        EventPosition? after = null;
        if (!ulong.TryParse(from ?? "0", NumberStyles.None, NumberFormatInfo.InvariantInfo, out var start) || start >= long.MaxValue) return BadRange("from is a height, a number from 0 on.");
        if (follow is not (null or "true" or "false")) return BadRange("follow is true or false.");
        if (!string.IsNullOrEmpty(last))
        {
            if (!EventPosition.TryParse(last, out var position)) return BadRange($"{LastEventId} is height.transaction.event.");
            after = position;
        }

        var wanted = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (wanted.Length > ApiLimits.MaxEventTypes) return BadRange($"types names at most {ApiLimits.MaxEventTypes} types.");
        var first = new Height(after?.Height ?? start);
        if (first <= queries.Status.Height && !queries.TryGetBlock(first, out _)) return Negotiation.Problem(MissingBlock.Why(first, queries.Status), StatusCodes.Status400BadRequest, "Out of range");
        if (slots.TryTake() is not { } slot)
            return Negotiation.Problem(
                new Refusal(ApiCodes.TooManyStreams, $"{ApiLimits.MaxStreams} streams are open: try again later or ask another node."), StatusCodes.Status429TooManyRequests, "Too many streams");
        return new EventStreamResult(
            ct => feed.FollowAsync(new Height(start), after, wanted.ToHashSet(StringComparer.Ordinal), follow != "false", ct), slot, clock, lifetime.ApplicationStopping);
    }

    private static IResult BadRange(string detail) => Negotiation.Problem(new Refusal(ApiCodes.BadRange, detail), StatusCodes.Status400BadRequest, "Out of range");
}
