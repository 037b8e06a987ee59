using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tests.Support;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Hosting.Tests.Tokens;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Method = "/licencechain.v1.LicenceChain/Status";
    private static readonly TokenClaims Officer = new("officer-17", "11310000MB0000000X", [TokenRoles.Verifier]);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private TestService _service = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync(_folder, _clock, app =>
        {
            app.MapGet("/who", (HttpContext context) => context.User.TryGetTokenClaims(out var claims) ? Results.Json(claims) : Results.NoContent()).RequireAuthorization(TokenPolicies.Verify);
            app.MapGet("/log", () => "log").RequireAuthorization(TokenPolicies.Audit);
            app.MapUnary<StatusRequest, StatusReply>(Method, StatusRequest.Parser, (_, _) => Task.FromResult(new StatusReply { Height = 7 })).RequireAuthorization(TokenPolicies.Audit);
        });
        _channel = new GrpcChannel(new GrpcChannelOptions { Address = _service.GrpcAddress });
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Request_without_a_token_is_401_with_a_code()
    {
        var (status, code) = await GetAsync("/who", null);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(ProblemCodes.Unauthenticated, code);
    }

    [Fact]
    public async Task Token_of_another_role_is_403_with_a_code()
    {
        var (status, code) = await GetAsync("/log", Token(Officer));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(ProblemCodes.Forbidden, code);
    }

    [Fact]
    public async Task Expired_token_is_401_and_says_so()
    {
        var token = Token(Officer);
        _clock.Move(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(31));
        var (status, code) = await GetAsync("/who", token);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(ProblemCodes.TokenExpired, code);
    }

    [Fact]
    public void Authority_that_is_opened_again_after_one_of_the_same_key_was_disposed_still_signs()
    {
        using (var first = TokenAuthority.OpenOrCreate(_folder["again.key"], _clock)) Assert.NotEmpty(first.Issue(Officer, TimeSpan.FromHours(1)));
        using var second = TokenAuthority.OpenOrCreate(_folder["again.key"], _clock);
        Assert.NotEmpty(second.Issue(Officer, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task Token_of_another_key_is_401()
    {
        using var stranger = TokenAuthority.OpenOrCreate(_folder["stranger.key"], _clock);
        var (status, code) = await GetAsync("/who", stranger.Issue(Officer, TimeSpan.FromHours(1)));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(ProblemCodes.Unauthenticated, code);
    }

    [Theory]
    [InlineData("other", TokenOptions.DefaultAudience)]
    [InlineData(TokenOptions.DefaultIssuer, "other")]
    public async Task Token_for_another_issuer_or_audience_is_401(string issuer, string audience)
    {
        using var same = TokenAuthority.OpenOrCreate(_folder["tokens.key"], _clock, issuer, audience);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/who", same.Issue(Officer, TimeSpan.FromHours(1)))).Status);
    }

    [Fact]
    public async Task Unsigned_token_is_401()
    {
        var parts = Token(Officer).Split('.');
        var none = Convert.ToBase64String("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8).TrimEnd('=');
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/who", $"{none}.{parts[1]}.")).Status);
    }

    [Fact]
    public async Task Right_token_tells_the_endpoint_who_asks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(Officer));
        using var response = await _service.Rest.SendAsync(request);
        var claims = await response.Content.ReadFromJsonAsync<TokenClaims>();
        Assert.Equal((Officer.Subject, Officer.Member, TokenRoles.Verifier), (claims!.Subject, claims.Member, claims.Roles.Single()));
    }

    [Fact]
    public async Task Grpc_call_without_a_token_is_unauthenticated()
    {
        Assert.Equal(GrpcStatus.Unauthenticated, await RefusedAsync(null));
    }

    [Fact]
    public async Task Grpc_call_of_another_role_is_permission_denied()
    {
        Assert.Equal(GrpcStatus.PermissionDenied, await RefusedAsync(Token(Officer)));
    }

    [Fact]
    public async Task Grpc_call_with_the_role_is_answered()
    {
        var options = new GrpcCallOptions { BearerToken = Token(Officer with { Roles = [TokenRoles.Auditor] }) };
        Assert.Equal(7UL, (await _channel.UnaryAsync(Method, new StatusRequest(), StatusReply.Parser, options)).Height);
    }

    [Fact]
    public void Authority_makes_its_key_once_and_for_its_owner_only()
    {
        using var again = TokenAuthority.OpenOrCreate(_folder["tokens.key"], _clock);
        Assert.Equal(_service.Authority.PublicKeyPem, again.PublicKeyPem);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["tokens.key"]));
    }

    [Fact]
    public void Every_policy_names_at_least_one_role()
    {
        Assert.All(TokenPolicies.All, policy => Assert.NotEmpty(TokenPolicies.RolesOf(policy)));
        Assert.Throws<ArgumentException>(() => TokenPolicies.RolesOf("else"));
    }

    private string Token(TokenClaims claims) => _service.Authority.Issue(claims, TimeSpan.FromHours(1));

    private async Task<(HttpStatusCode Status, string? Code)> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _service.Rest.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, problem.GetProperty("code").GetString());
    }

    private async Task<GrpcStatus> RefusedAsync(string? token) =>
        (await Assert.ThrowsAsync<GrpcException>(() => _channel.UnaryAsync(Method, new StatusRequest(), StatusReply.Parser, new GrpcCallOptions { BearerToken = token }))).Status;
}
