using LicenceChain.Node.Api.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Node.Api.Rest;

/// <summary>What anybody may know: where the node stands and what to trust to begin with.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/status", Status).AllowAnonymous().WithTags("status").WithSummary("Where the node stands.").InEitherForm();
        endpoints.MapGet("/v1/why", Why).AllowAnonymous().WithTags("status")
            .WithSummary("Why the node does not vote, in its own signed words, and the last words of each peer of itself (rule C-ALARM).").InEitherForm();
        endpoints.MapGet("/v1/anchor", Anchor).AllowAnonymous().WithTags("status")
            .WithSummary("The genesis anchor. Compare it with one that came another way before trusting it.").InEitherForm();
    }

    private static MessageResult Status(INodeQueries queries) => new MessageResult(Replies.From(queries.Status));

    private static MessageResult Why(INodeQueries queries) => new MessageResult(Replies.From(queries.Why));

    private static MessageResult Anchor(INodeQueries queries) => new MessageResult(queries.GenesisAnchor.ToMessage());
}
