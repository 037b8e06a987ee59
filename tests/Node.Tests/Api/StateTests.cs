using System.Net;
using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Node.Tests.Api;

[Collection(RunningNetwork.Name)]
public sealed class StateTests(RunningNetwork network) : IDisposable
{
    private readonly HttpClient _http = network.Http(2, TokenRoles.Verifier);

    [Fact]
    public async Task Record_of_every_kind_is_found_by_its_id()
    {
        var licence = await network.Content.IssueAsync();
        var grant = await network.Content.GrantAsync(1, licence);
        var use = Protocol.Cryptography.Sm3.Hash("use"u8);
        await network.Content.ConsumeAsync(grant, use, licence);
        var key = network.Officer(SamplePlan.ShanghaiAgency, "issue").PublicKey.Id;

        foreach (var (path, field, value) in new[]
        {
            ($"member/{SamplePlan.ShanghaiAgency}", "code", SamplePlan.ShanghaiAgency.Value),
            ($"key/{key}", "holder", "issue-001"),
            ($"licence-type/{ChainContent.Type}", "typeCode", ChainContent.TypeCode),
            ($"licence/{licence.Argument.Id}", "status", "LICENCE_STATUS_VALID"),
            ($"grant/{grant}", "grantee", network.Content.Jiangsu.Value),
            ($"grant-use/{grant}.{use}", "matter", ChainContent.Matter),
            ($"matter/{ChainContent.Matter}", "region", "320000"),
            ($"agreement/{ChainContent.Agreement}", "documentHash", null),
            ("parameters/current", "maxBlockBytes", null),
            ("validators/current", "validators", null),
        })
        {
            var (status, body) = await _http.JsonAsync(HttpMethod.Get, "v1/state/" + path);
            Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
            var found = body.GetProperty("record").GetProperty(field);
            if (value is not null) Assert.Equal(value, found.GetString());
        }
    }

    [Fact]
    public async Task Value_of_a_record_is_its_exact_encoding()
    {
        var reply = await _http.ProtobufAsync(HttpMethod.Get, $"v1/state/member/{SamplePlan.Auditor}", QueryReply.Parser);
        Assert.True(reply.Found);
        Assert.Equal(StateKeys.Member(SamplePlan.Auditor).ToArray(), reply.Key.ToByteArray());
        Assert.Equal(SamplePlan.Auditor.Value, MemberRecord.Parser.ParseFrom(reply.Value).Code);
    }

    [Theory]
    [InlineData("v1/state/secrets/x", HttpStatusCode.NotFound, "LC-API-020")]
    [InlineData("v1/state/member/x", HttpStatusCode.BadRequest, "LC-API-021")]
    [InlineData("v1/state/key/00", HttpStatusCode.BadRequest, "LC-API-021")]
    [InlineData("v1/state/parameters/old", HttpStatusCode.BadRequest, "LC-API-021")]
    [InlineData("v1/state/evidence/aa.1", HttpStatusCode.BadRequest, "LC-API-021")]
    [InlineData("v1/state/evidence/11223344556677889900aabbccddeeff11223344556677889900aabbccddeeff.7", HttpStatusCode.NotFound, "LC-API-022")]
    [InlineData("v1/state/matter/unknown", HttpStatusCode.NotFound, "LC-API-022")]
    [InlineData("v1/blocks/x", HttpStatusCode.BadRequest, "LC-API-026")]
    [InlineData("v1/blocks/1000000000", HttpStatusCode.NotFound, "LC-API-024")]
    [InlineData("v1/headers?limit=1001", HttpStatusCode.BadRequest, "LC-API-026")]
    [InlineData("v1/headers?from=-1", HttpStatusCode.BadRequest, "LC-API-026")]
    [InlineData("v1/nothing", HttpStatusCode.NotFound, "LC-API-006")]
    public async Task Question_without_an_answer_is_a_problem_with_its_code(string path, HttpStatusCode status, string code)
    {
        var (answered, body) = await _http.JsonAsync(HttpMethod.Get, path);
        Assert.Equal((status, code), (answered, body.Code()));
    }

    [Fact]
    public async Task Presence_and_absence_are_proven_under_one_header()
    {
        var present = StateKeys.Member(SamplePlan.Auditor);
        var absent = StateKeys.Matter("no-such-matter");
        var request = new ProveRequest { Keys = { ByteString.CopyFrom(present.Span), ByteString.CopyFrom(absent.Span) } };
        var message = await _http.ProtobufAsync(HttpMethod.Post, "v1/proofs", LicenceProofMessage.Parser, Rest.Message(request));

        Assert.True(LicenceProof.TryFrom(message, out var proof));
        var facts = proof.Verify(network.Directory.Anchor);
        Assert.NotNull(facts);
        Assert.True(facts.TryGet(present, out var value) && value is not null);
        Assert.True(facts.TryGet(absent, out var nothing) && nothing is null);
    }

    [Theory]
    [InlineData("{\"keys\": []}")]
    [InlineData("{\"keys\": [\"70\", \"70\"]}")]
    [InlineData("{\"keys\": [\"\"]}")]
    public async Task Proof_of_no_or_of_repeated_keys_is_refused(string json)
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/proofs", Rest.Json(json));
        Assert.Equal((HttpStatusCode.BadRequest, "LC-API-025"), (status, body.Code()));
    }

    [Fact]
    public async Task Proof_of_more_than_64_keys_is_refused()
    {
        var keys = string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"{i:x4}\""));
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/proofs", Rest.Json($"{{\"keys\": [{keys}]}}"));
        Assert.Equal((HttpStatusCode.BadRequest, "LC-API-025"), (status, body.Code()));
    }

    [Fact]
    public async Task Light_client_follows_the_headers_from_the_genesis_anchor()
    {
        await network.Content.IssueAsync();
        using var client = new LicenceChainClient(network.Node(3).Rest, new LicenceChainClientOptions { Token = network.Token(TokenRoles.Service) });
        using var light = new LightClient(client, network.Directory.Anchor);
        await light.SyncAsync();

        Assert.NotNull(light.Head);
        Assert.NotNull(await light.VerifyAsync(await client.ProveAsync([StateKeys.Parameters])));
    }

    [Fact]
    public async Task Block_is_served_with_certificate_and_receipts()
    {
        var height = await network.CommitAsync(network.Content.Issuing.Issue(network.Content.Prepare().Argument, network.Soon));
        var (status, body) = await _http.JsonAsync(HttpMethod.Get, $"v1/blocks/{height}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEqual("", body.GetProperty("certificate").GetString());
        Assert.NotEqual(0, body.GetProperty("receipts").GetArrayLength());
    }

    [Fact]
    public async Task Document_lists_every_path_and_says_which_take_a_token()
    {
        using var http = network.Http(0);
        var (_, body) = await http.JsonAsync(HttpMethod.Get, "swagger/v1/swagger.json");
        var paths = body.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        foreach (var path in new[]
        {
            "/v1/transactions", "/v1/transactions/{id}", "/v1/transactions/{id}/proof", "/v1/status", "/v1/anchor", "/v1/state/{kind}/{id}", "/v1/proofs", "/v1/blocks/{height}",
            "/v1/headers", "/v1/events", "/v1/vault/deposits", "/v1/vault/releases", "/v1/vault/audit/licences/{id}", "/v1/vault/log/checkpoint", "/v1/vault/log/entries/{index}",
        })
            Assert.Contains(path, paths);
        foreach (var call in body.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.NotEmpty(call.Value.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject());
            if (call.Value.TryGetProperty("parameters", out var parameters)) Assert.All(parameters.EnumerateArray(), one => Assert.NotEmpty(one.GetProperty("description").GetString()!));
        }

        Assert.Equal("http", body.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Metrics_tell_height_throughput_and_latency()
    {
        await _http.GetAsync("v1/headers");
        var text = await _http.GetStringAsync("metrics");
        foreach (var name in new[] { "licencechain_head_height ", "licencechain_peers 3", "licencechain_committed_transactions ", "licencechain_consensus_key_expires_seconds 1", "licencechain_service_key_expires_seconds 1", "licencechain_governing_key_expires_seconds 1", "licencechain_link_certificate_expires_seconds 1", "licencechain_commit_seconds_bucket", "licencechain_http_requests_total" })
            Assert.Contains(name, text, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();
}
