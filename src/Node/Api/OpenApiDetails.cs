using LicenceChain.Node.Api.Forms;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LicenceChain.Node.Api;

/// <summary>What the OpenAPI document cannot learn from the handlers: what a parameter means, and the media types of answers that are no C# types.</summary>
internal sealed class OpenApiDetails : IOperationFilter
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["height"] = "Height of a block; 0 is the genesis.",
        ["from"] = "Where to begin: a height, or in an audit trail the index of an entry. Default 0.",
        ["limit"] = $"How many at most: 1 to {ApiLimits.MaxHeaders}, default {ApiLimits.DefaultHeaders}.",
        ["types"] = $"Types of events, separated by commas, at most {ApiLimits.MaxEventTypes}; default: all.",
        ["follow"] = "true (default): the stream stays open; false: it ends at the head.",
        ["Last-Event-ID"] = "height.transaction.event of the last event received: the stream goes on after it, whatever from says.",
        ["wait"] = $"With {Negotiation.Octets}: true answers when the block is on disk; default false.",
        ["kind"] = "member, key, licence-type, licence, grant, grant-use, matter, agreement, checkpoint, evidence, proposal, proposals, nodes, governors, voting-allowed, upgrade, parameters or validators.",
        ["id"] = "A transaction id (64 hexadecimal digits), a licence identifier (GB/T 36904), or the id of a record of its kind; a slash within it is written %2F.",
        ["index"] = "Index of the entry, counted from 0.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters ?? [])
            if (parameter.Name is { } name && Parameters.TryGetValue(name, out var words)) parameter.Description = words;
        foreach (var answer in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>().Where(answer => answer.Type is null || answer.Type == typeof(void)))
        {
            if (operation.Responses?.GetValueOrDefault($"{answer.StatusCode}") is not OpenApiResponse response) continue;
            response.Content ??= new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal);
            foreach (var mediaType in answer.ContentTypes) response.Content.TryAdd(mediaType, new OpenApiMediaType());
        }
    }
}
