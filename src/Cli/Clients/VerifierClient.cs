using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Clients;

/// <summary>One Verifier's REST API (docs/reference/verifier-api.md). Safe for concurrent use.</summary>
internal sealed class VerifierClient : IDisposable
{
    // A decision with its proof and bundle; a trail of some hundred entries with theirs.
    private const int MaxReplyBytes = 16 * 1024 * 1024;

    // A verification waits for a block, and blocks wait for a quorum.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;

    public VerifierClient(Uri address, string? token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout, MaxResponseContentBufferSize = MaxReplyBytes };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Asks for a decision. A refusal is a decision.</summary>
    public Task<VerificationReply> VerifyAsync(VerificationBody body, CancellationToken cancel) =>
        SendAsync<VerificationReply>(HttpMethod.Post, "v1/verifications", body, cancel);

    /// <summary>The accesses to a licence that this Verifier and the vault logged.</summary>
    public Task<AuditTrailReply> TrailAsync(LicenceId licence, CancellationToken cancel) =>
        SendAsync<AuditTrailReply>(HttpMethod.Get, $"v1/audit/licences/{licence}", null, cancel);

    /// <summary>Anchors on chain what this Verifier logged and has not anchored yet.</summary>
    public Task<CheckpointReply> AnchorLogAsync(CancellationToken cancel) =>
        SendAsync<CheckpointReply>(HttpMethod.Post, "v1/audit/log/checkpoint", null, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, options: Json);
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync<T>(Json, cancel) ?? throw new LicenceChainException(SdkCodes.BadAnswer, $"{_http.BaseAddress} answered nothing.");
            throw await ProblemAsync(response, cancel);
        }
        catch (HttpRequestException failure)
        {
            throw new LicenceChainException(SdkCodes.Unreachable, $"No Verifier answers at {_http.BaseAddress}.", null, failure);
        }
        catch (OperationCanceledException failure) when (!cancel.IsCancellationRequested)
        {
            throw new LicenceChainException(SdkCodes.Unreachable, $"The Verifier at {_http.BaseAddress} did not answer within {Timeout.TotalSeconds:0} s.", null, failure);
        }
        catch (JsonException failure)
        {
            throw new LicenceChainException(SdkCodes.BadAnswer, $"What answers at {_http.BaseAddress} is no Verifier.", null, failure);
        }
    }

    private static async Task<LicenceChainException> ProblemAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await response.Content.ReadFromJsonAsync<Problem>(Json, cancel) : null;
        return new LicenceChainException(problem?.Code ?? SdkCodes.Failed, problem?.Detail ?? problem?.Title ?? $"HTTP {(int)response.StatusCode}.", (int)response.StatusCode);
    }

    private sealed record Problem(string? Code, string? Title, string? Detail);
}
