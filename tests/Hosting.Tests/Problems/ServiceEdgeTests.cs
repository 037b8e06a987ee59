using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using HealthStatus = LicenceChain.Hosting.Grpc.Proto.HealthCheckResponse.Types.ServingStatus;

namespace LicenceChain.Hosting.Tests.Problems;

public sealed class ServiceEdgeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string? _reason;
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync(
        _folder,
        new ManualClock(),
        app =>
        {
            app.MapGet("/crash", string () => throw new InvalidOperationException("the password is 123"));
            app.MapGet("/refuse", () => ApiProblem.Result("LC-TEST-001", 409, "Refused", "Do another thing."));
            app.MapPost("/count", (Counted body) => body.Number);
            app.MapPost("/read", async (HttpContext context) => { await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted); });
        },
        services => services.AddReadiness("peers", _ => _reason));

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Refusal_carries_its_code_status_title_and_advice()
    {
        var problem = await ProblemAsync(await _service.Rest.GetAsync("/refuse"), HttpStatusCode.Conflict);
        Assert.Equal(("LC-TEST-001", "Refused", "Do another thing."), (Text(problem, "code"), Text(problem, "title"), Text(problem, "detail")));
        Assert.Equal("urn:licencechain:problem:LC-TEST-001", Text(problem, "type"));
    }

    [Fact]
    public async Task Crash_is_a_problem_that_leaks_nothing()
    {
        using var response = await _service.Rest.GetAsync("/crash");
        Assert.DoesNotContain("123", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(ProblemCodes.Internal, Text(await ProblemAsync(response, HttpStatusCode.InternalServerError), "code"));
    }

    [Fact]
    public async Task Unknown_address_wrong_method_and_broken_body_are_problems_with_codes()
    {
        Assert.Equal(ProblemCodes.NotFound, Text(await ProblemAsync(await _service.Rest.GetAsync("/nothing"), HttpStatusCode.NotFound), "code"));
        Assert.Equal(ProblemCodes.MethodNotAllowed, Text(await ProblemAsync(await _service.Rest.DeleteAsync("/refuse"), HttpStatusCode.MethodNotAllowed), "code"));
        using var broken = new StringContent("{\"number\": \"x\"", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(ProblemCodes.BadRequest, Text(await ProblemAsync(await _service.Rest.PostAsync("/count", broken), HttpStatusCode.BadRequest), "code"));
        using var plain = new StringContent("1");
        Assert.Equal(ProblemCodes.UnsupportedMediaType, Text(await ProblemAsync(await _service.Rest.PostAsync("/count", plain), HttpStatusCode.UnsupportedMediaType), "code"));
    }

    [Fact]
    public async Task Body_over_the_limit_is_413()
    {
        using var large = new HttpRequestMessage(HttpMethod.Post, "/read") { Content = new ByteArrayContent(new byte[5 * 1024 * 1024]) };
        large.Headers.ExpectContinue = true; // so that the answer is read before the body is sent
        Assert.Equal(ProblemCodes.TooLarge, Text(await ProblemAsync(await _service.Rest.SendAsync(large), HttpStatusCode.RequestEntityTooLarge), "code"));
    }

    [Fact]
    public async Task Readiness_gives_the_reason_in_both_protocols()
    {
        using var channel = new GrpcChannel(new GrpcChannelOptions { Address = _service.GrpcAddress });
        Assert.Equal(HttpStatusCode.OK, (await _service.Rest.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HealthStatus.Serving, await HealthAsync(channel));

        _reason = "2 of 4 peers are missing";
        var problem = await ProblemAsync(await _service.Rest.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable);
        Assert.Equal(_reason, problem.GetProperty("reasons").GetProperty("peers").GetString());
        Assert.Equal(HealthStatus.NotServing, await HealthAsync(channel));
        Assert.Equal(HttpStatusCode.OK, (await _service.Rest.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_not_by_address()
    {
        await _service.Rest.GetAsync("/refuse?name=somebody");
        await _service.Rest.GetAsync("/somebody");
        var text = await _service.Rest.GetStringAsync("/metrics");
        Assert.Contains("licencechain_http_requests_total{route=\"/refuse\",status=\"409\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("licencechain_http_requests_total{route=\"none\",status=\"404\"} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", text, StringComparison.Ordinal);
    }

    private static async Task<HealthStatus> HealthAsync(GrpcChannel channel) => (await channel.UnaryAsync(
        "/grpc.health.v1.Health/Check",
        new LicenceChain.Hosting.Grpc.Proto.HealthCheckRequest(),
        LicenceChain.Hosting.Grpc.Proto.HealthCheckResponse.Parser)).Status;

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string? Text(JsonElement problem, string name) => problem.GetProperty(name).GetString();

    private sealed record Counted(int Number);
}
