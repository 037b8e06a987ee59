using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LicenceChain.Hosting.Metrics;

/// <summary>Adds metrics to a service.</summary>
public static class MetricsExtensions
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Registers <paramref name="registry"/>, which the caller made so that other rooms can count before the host stands.</summary>
    public static IServiceCollection AddLicenceChainMetrics(this IServiceCollection services, MetricsRegistry registry)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(registry);
    }

    /// <summary>Counts and times every request that passes. Once a process.</summary>
    public static IApplicationBuilder UseRequestMetrics(this IApplicationBuilder app) => app.UseMiddleware<RequestMetrics>();

    /// <summary>Serves the text at <c>/metrics</c>. Open, like health: it holds counts only.</summary>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/metrics", (MetricsRegistry registry) => Results.Text(registry.Render(), ContentType)).AllowAnonymous();
}
