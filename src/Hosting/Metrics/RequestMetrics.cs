using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LicenceChain.Hosting.Metrics;

/// <summary>Counts and times requests by route pattern, never by the address that was sent: patterns are few, addresses are not.</summary>
internal sealed class RequestMetrics(RequestDelegate next, MetricsRegistry registry, TimeProvider clock)
{
    private readonly MetricFamily<Counter> _requests =
        registry.CounterFamily("licencechain_http_requests_total", "Requests answered, by route and HTTP status.", "route", "status");

    private readonly MetricFamily<Histogram> _seconds =
        registry.HistogramFamily("licencechain_http_request_seconds", "Time from request to answer, by route.", Histogram.Seconds, "route");

    public async Task InvokeAsync(HttpContext context)
    {
        var start = clock.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            _requests.With(route, context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)).Increment();
            _seconds.With(route).Observe(clock.GetElapsedTime(start).TotalSeconds);
        }
    }
}
