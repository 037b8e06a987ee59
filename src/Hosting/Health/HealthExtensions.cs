using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Grpc.Proto;
using LicenceChain.Hosting.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LicenceChain.Hosting.Health;

/// <summary>Adds liveness and readiness to a service. Both are open: whoever balances the load has no token.</summary>
public static class HealthExtensions
{
    /// <summary>Registers a check; <paramref name="whyNot"/> gets the services once and answers null when all is well.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services, string name, Func<IServiceProvider, string?> whyNot) =>
        services.AddSingleton(provider => new ReadinessCheck(name, () => whyNot(provider)));

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: every check is satisfied, or 503 with each reason.</summary>
    public static void MapLicenceChainHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        endpoints.MapGet("/health/ready", (IServiceProvider services) => Ready(Reasons(services))).AllowAnonymous();
    }

    /// <summary>The standard gRPC health service over the same checks. Watch is answered UNIMPLEMENTED, as its specification allows.</summary>
    public static void MapGrpcHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapUnary<HealthCheckRequest, HealthCheckResponse>("/grpc.health.v1.Health/Check", HealthCheckRequest.Parser, (_, context) =>
        {
            var serving = Reasons(context.Http.RequestServices).Count == 0;
            return Task.FromResult(new HealthCheckResponse
            {
                Status = serving ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing,
            });
        }).AllowAnonymous();

    private static IResult Ready(Dictionary<string, string> reasons) => reasons.Count == 0
        ? Results.Json(new { status = "ready" })
        : ApiProblem.Result(
            ProblemCodes.Unavailable,
            StatusCodes.Status503ServiceUnavailable,
            "Not ready",
            string.Join(" ", reasons.Values),
            [new KeyValuePair<string, object?>("reasons", reasons)]);

    private static Dictionary<string, string> Reasons(IServiceProvider services)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var check in services.GetServices<ReadinessCheck>())
        {
            if (check.WhyNot() is { } reason) reasons[check.Name] = reason;
        }

        return reasons;
    }
}
