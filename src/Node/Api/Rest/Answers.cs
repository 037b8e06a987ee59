using LicenceChain.Node.Api.Forms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Says in the OpenAPI document what a route answers.</summary>
internal static class Answers
{
    /// <summary>200 in either form, and problems with these statuses.</summary>
    public static RouteHandlerBuilder InEitherForm(this RouteHandlerBuilder route, params ReadOnlySpan<int> problems) =>
        route.Produces(StatusCodes.Status200OK, null, Negotiation.Json, Negotiation.Protobuf).Problems(problems);

    /// <summary>200 as JSON alone, and problems with these statuses.</summary>
    public static RouteHandlerBuilder AsJson(this RouteHandlerBuilder route, params ReadOnlySpan<int> problems) =>
        route.Produces(StatusCodes.Status200OK, null, Negotiation.Json).Problems(problems);

    /// <summary>Problems with these statuses.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params ReadOnlySpan<int> problems)
    {
        foreach (var status in problems) route.ProducesProblem(status);
        return route;
    }
}
