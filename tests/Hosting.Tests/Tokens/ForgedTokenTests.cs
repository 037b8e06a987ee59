using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tests.Support;
using LicenceChain.Hosting.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LicenceChain.Hosting.Tests.Tokens;

/// <summary>Tokens that the authority would not make: each is right but for one thing, and opens nothing.</summary>
public sealed class ForgedTokenTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private TestService _service = null!;

    public async Task InitializeAsync() => _service = await TestService.StartAsync(_folder, _clock, app => app.MapGet("/log", () => "log").RequireAuthorization(TokenPolicies.Audit));

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Token_made_by_hand_with_everything_right_is_taken() => Assert.Equal(HttpStatusCode.OK, (await GetAsync(Sign(Claims()))).Status);

    [Fact]
    public async Task Token_signed_with_the_public_key_as_a_shared_secret_is_401()
    {
        // The confusion of RFC 8725, 2.1: a verifier that lets the token choose would take its own public key for an HMAC key.
        foreach (var secret in new[] { _service.Authority.PublicKeyPem, _service.Authority.PublicKeyPem.TrimEnd() })
        {
            var key = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(secret));
            await RefusedAsync(Sign(Claims(), new SigningCredentials(key, SecurityAlgorithms.HmacSha256)));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    public async Task Token_without_a_signature_is_401_however_none_is_written(string algorithm)
    {
        var body = Sign(Claims()).Split('.')[1];
        var header = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
        await RefusedAsync($"{header}.{body}.");
        await RefusedAsync($"{header}.{body}.AAAA");
    }

    [Fact]
    public async Task Token_with_its_claims_changed_is_401()
    {
        var parts = Sign(Claims(roles: TokenRoles.Verifier)).Split('.');
        var body = Base64UrlEncoder.Decode(parts[1]).Replace(TokenRoles.Verifier, TokenRoles.Auditor, StringComparison.Ordinal);
        await RefusedAsync($"{parts[0]}.{Base64UrlEncoder.Encode(body)}.{parts[2]}");
    }

    [Fact]
    public async Task Token_that_brings_its_own_key_is_401()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(stranger));
        var header = new Dictionary<string, object> { ["jwk"] = new Dictionary<string, object> { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = jwk.X, ["y"] = jwk.Y } };
        await RefusedAsync(Sign(Claims(), new SigningCredentials(new ECDsaSecurityKey(stranger), SecurityAlgorithms.EcdsaSha256), header: header));
    }

    [Theory]
    [InlineData(TokenIdentity.MemberClaim, null)]
    [InlineData(TokenIdentity.MemberClaim, "")]
    [InlineData(TokenIdentity.SubjectClaim, null)]
    [InlineData(TokenIdentity.SubjectClaim, "")]
    public async Task Token_that_does_not_say_who_asks_or_for_which_member_is_401(string claim, string? value)
    {
        var claims = Claims();
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        await RefusedAsync(Sign(claims));
    }

    [Fact]
    public async Task Token_without_roles_is_403()
    {
        var claims = Claims();
        claims.Remove(TokenIdentity.RolesClaim);
        Assert.Equal((HttpStatusCode.Forbidden, ProblemCodes.Forbidden), await GetAsync(Sign(claims)));
    }

    [Fact]
    public async Task Token_without_an_end_is_401() => await RefusedAsync(Sign(Claims(), expires: false));

    [Fact]
    public async Task Token_of_tomorrow_is_401()
    {
        var token = Sign(Claims());
        _clock.Move(TimeSpan.FromDays(-1));
        await RefusedAsync(token);
    }

    [Fact]
    public async Task Token_over_the_length_of_a_header_is_refused_before_it_is_read()
    {
        var (status, _) = await GetAsync(new string('a', 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, status);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("..")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AAAA")]
    public async Task Text_that_is_no_token_is_401(string text) => await RefusedAsync(text);

    private static Dictionary<string, object> Claims(string roles = TokenRoles.Auditor) => new()
    {
        [TokenIdentity.SubjectClaim] = "officer-17",
        [TokenIdentity.MemberClaim] = "11310000MB0000000X",
        [TokenIdentity.RolesClaim] = new[] { roles },
    };

    private string Sign(Dictionary<string, object> claims, SigningCredentials? credentials = null, Dictionary<string, object>? header = null, bool expires = true)
    {
        using var own = ECDsa.Create();
        own.ImportFromPem(File.ReadAllText(_folder["tokens.key"]));
        var now = _clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenOptions.DefaultIssuer,
            Audience = TokenOptions.DefaultAudience,
            IssuedAt = now,
            NotBefore = now,
            Expires = expires ? now.AddHours(1) : null,
            AdditionalHeaderClaims = header,
            // No cache: the key is disposed when this returns.
            SigningCredentials = credentials ?? new SigningCredentials(
                new ECDsaSecurityKey(own) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
            Claims = claims,
        });
    }

    private async Task RefusedAsync(string token) => Assert.Equal((HttpStatusCode.Unauthorized, ProblemCodes.Unauthenticated), await GetAsync(token));

    private async Task<(HttpStatusCode Status, string? Code)> GetAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/log");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _service.Rest.SendAsync(request);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return (response.StatusCode, null);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, problem.GetProperty("code").GetString());
    }
}
