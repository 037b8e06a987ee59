using System.Net;
using System.Text.Json;
using LicenceChain.Hosting.Tokens;

namespace LicenceChain.Node.Tests.Api;

[Collection(RunningNetwork.Name)]
public sealed class AccessTests(RunningNetwork network)
{
    private const string AnyHash = "00000000000000000000000000000000000000000000000000000000000000aa";

    public static TheoryData<string> Open => ["v1/status", "v1/anchor", "health/live", "health/ready", "metrics", "swagger/v1/swagger.json", "swagger/index.html"];

    public static TheoryData<string, string> Guarded => new()
    {
        { "POST v1/transactions", "issuer verifier governor service" },
        { $"GET v1/transactions/{AnyHash}", "issuer verifier auditor governor operator service" },
        { "GET v1/state/parameters/current", "issuer verifier auditor governor operator service" },
        { "POST v1/proofs", "issuer verifier auditor governor operator service" },
        { "GET v1/blocks/1", "issuer verifier auditor governor operator service" },
        { "GET v1/headers", "issuer verifier auditor governor operator service" },
        { "GET v1/events?follow=false", "issuer verifier auditor governor operator service" },
        { "POST v1/vault/deposits", "issuer" },
        { "POST v1/vault/releases", "verifier service" },
        { "GET v1/vault/log/checkpoint", "auditor" },
        { "GET v1/vault/audit/licences/x", "auditor" },
    };

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Anybody_may_ask_where_the_node_stands(string path)
    {
        using var http = network.Http(0);
        using var response = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Everything_else_takes_a_token(string call, string roles)
    {
        Assert.NotEmpty(roles);
        Assert.Equal((HttpStatusCode.Unauthorized, "LC-API-003"), await SendAsync(call));
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Only_the_roles_of_the_table_open_a_door(string call, string roles)
    {
        var may = roles.Split(' ');
        foreach (var role in new[] { TokenRoles.Issuer, TokenRoles.Verifier, TokenRoles.Auditor, TokenRoles.Governor, TokenRoles.Operator, TokenRoles.Service })
        {
            var (status, code) = await SendAsync(call, role);
            if (may.Contains(role)) Assert.NotEqual("LC-API-005", code);
            else Assert.Equal((HttpStatusCode.Forbidden, "LC-API-005"), (status, code));
        }
    }

    [Fact]
    public async Task Token_of_another_authority_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var stranger = TokenAuthority.OpenOrCreate(path, TimeProvider.System);
        using var http = network.Http(0);
        http.DefaultRequestHeaders.Authorization = new("Bearer", stranger.Issue(new TokenClaims("T-001", "x", [TokenRoles.Service]), TimeSpan.FromHours(1)));
        using var response = await http.GetAsync("v1/state/parameters/current");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        File.Delete(path);
    }

    private async Task<(HttpStatusCode Status, string Code)> SendAsync(string call, params string[] roles)
    {
        using var http = network.Http(0, roles);
        using var request = new HttpRequestMessage(new HttpMethod(call.Split(' ')[0]), call.Split(' ')[1]);
        using var response = await http.SendAsync(request);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return (response.StatusCode, "");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, problem.RootElement.GetProperty("code").GetString()!);
    }
}
