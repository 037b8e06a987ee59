using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Tests.Support;

/// <summary>A Verifier under test and a caller with every right.</summary>
public sealed class RunningVerifier : IAsyncDisposable
{
    private readonly VerifierApplication _application;

    private RunningVerifier(VerifierApplication application, string? token)
    {
        _application = application;
        Http = new HttpClient { BaseAddress = application.Address };
        if (token is not null) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http { get; }

    /// <summary>Started and, unless told otherwise, ready.</summary>
    public static async Task<RunningVerifier> StartAsync(TestNetwork network, VerifierConfiguration configuration, TimeProvider? clock = null, LogLines? log = null)
    {
        var application = await VerifierApplication.StartAsync(
            configuration, clock ?? TimeProvider.System, log is null ? null : logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        return new RunningVerifier(application, network.Token(configuration.Organisation, TokenRoles.Verifier, TokenRoles.Auditor));
    }

    /// <summary>The same Verifier for another caller, who disposes <see cref="Http"/> only.</summary>
    public RunningVerifier As(string? token) => new(_application, token);

    public async Task<VerificationReply> VerifyAsync(VerificationBody body)
    {
        using var response = await Http.PostAsJsonAsync("v1/verifications", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<VerificationReply>())!;
    }

    public Task<(int Status, string Code)> ProblemAsync(HttpRequestMessage request) => ProblemAsync(Http, request);

    public static async Task<(int Status, string Code)> ProblemAsync(HttpClient caller, HttpRequestMessage request)
    {
        using var response = await caller.SendAsync(request);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)response.StatusCode, problem.GetProperty("code").GetString()!);
    }

    public async Task<AuditTrailReply> TrailAsync(TestLicence licence) => (await Http.GetFromJsonAsync<AuditTrailReply>($"v1/audit/licences/{licence.Id}"))!;

    public async Task<CheckpointReply> CheckpointAsync() => (await Http.GetFromJsonAsync<CheckpointReply>("v1/audit/log/checkpoint"))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
    }
}
