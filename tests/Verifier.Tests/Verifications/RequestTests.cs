using System.Net.Http.Json;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Verifications;

[Collection(OneNetwork.Name)]
public sealed class RequestTests(TestNetwork network)
{
    [Fact]
    public async Task Without_a_token_nothing_is_verified()
    {
        using var caller = network.Verifier.As(null).Http;
        Assert.Equal((401, ProblemCodes.Unauthenticated), await RunningVerifier.ProblemAsync(caller, Post(new VerificationBody())));
    }

    [Fact]
    public async Task A_token_without_the_role_verifies_nothing_and_reads_no_log()
    {
        using var caller = network.Verifier.As(network.Token(network.Office.Bureau, TokenRoles.Issuer)).Http;
        Assert.Equal((403, ProblemCodes.Forbidden), await RunningVerifier.ProblemAsync(caller, Post(new VerificationBody())));
        Assert.Equal((403, ProblemCodes.Forbidden), await RunningVerifier.ProblemAsync(caller, new HttpRequestMessage(HttpMethod.Get, "v1/audit/log/checkpoint")));
    }

    [Fact]
    public async Task A_request_without_an_officer_is_refused_for_somebody_must_answer_for_it() =>
        Assert.Equal((400, VerifierCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { Officer = null })));

    [Fact]
    public async Task A_persons_name_or_citizen_number_is_no_officer_number()
    {
        foreach (var officer in new[] { "张三", "310101196608182095", "Z-310101196608182095" })
            Assert.Equal((400, VerifierCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { Officer = officer })));
    }

    [Fact]
    public async Task A_citizen_number_is_no_matter() =>
        Assert.Equal((400, RecognitionCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { Matter = "310101196608182095" })));

    [Fact]
    public async Task A_token_of_a_named_person_reads_no_log_for_the_reading_is_logged()
    {
        foreach (var subject in new[] { "张三", "310101196608182095" })
        {
            using var caller = network.Verifier.As(network.TokenOf(subject, network.Office.Bureau, TokenRoles.Auditor)).Http;
            Assert.Equal((403, ProblemCodes.Forbidden), await RunningVerifier.ProblemAsync(caller, new HttpRequestMessage(HttpMethod.Get, $"v1/audit/licences/{Sound(network.Office).LicenceId}")));
        }
    }

    [Fact]
    public async Task A_nonce_of_the_wrong_length_is_refused() =>
        Assert.Equal((400, VerifierCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { Nonce = "00" })));

    [Fact]
    public async Task A_grant_id_that_is_none_is_refused() =>
        Assert.Equal((400, VerifierCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { GrantId = new string('0', 64) })));

    [Fact]
    public async Task A_request_without_a_licence_is_refused() =>
        Assert.Equal((400, RecognitionCodes.BadRequest), await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { LicenceId = "1.2.3" })));

    [Fact]
    public async Task Another_licence_than_the_one_presented_is_refused()
    {
        var licence = await network.IssueAsync();
        Assert.Equal((400, VerifierCodes.BadRequest), await network.Verifier.ProblemAsync(Post(licence.Ask(null) with { LicenceId = Sound(network.Office).LicenceId })));
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/verifications") { Content = new StringContent("{", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        Assert.Equal(400, (await network.Verifier.ProblemAsync(request)).Status);
    }

    [Fact]
    public async Task Nothing_that_could_not_be_read_stands_in_the_log()
    {
        var before = await network.Verifier.CheckpointAsync();
        await network.Verifier.ProblemAsync(Post(Sound(network.Office) with { Officer = null }));
        Assert.Equal(before, await network.Verifier.CheckpointAsync());
    }

    [Fact]
    public async Task Health_metrics_and_the_document_are_open()
    {
        using var caller = network.Verifier.As(null).Http;
        Assert.Contains("licencechain_http_requests_total", await caller.GetStringAsync("metrics"), StringComparison.Ordinal);
        Assert.Contains("/v1/verifications", await caller.GetStringAsync("swagger/v1/swagger.json"), StringComparison.Ordinal);
        using var live = await caller.GetAsync("health/live");
        Assert.True(live.IsSuccessStatusCode);
    }

    private static HttpRequestMessage Post(VerificationBody body) => new(HttpMethod.Post, "v1/verifications") { Content = JsonContent.Create(body) };

    private static VerificationBody Sound(TestOffice office) => new()
    {
        LicenceId = Protocol.Identifiers.LicenceId.Mint(TestNetwork.TypeCode, TestNetwork.Police, "SOUND", 1).Value,
        Officer = "Z-0042",
        Matter = office.Matter,
        Attributes = ["name"],
    };
}
