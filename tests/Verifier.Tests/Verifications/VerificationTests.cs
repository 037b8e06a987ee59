using Google.Protobuf;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Verification;
using LicenceChain.Sdk.Wallets;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Verifications;

[Collection(OneNetwork.Name)]
public sealed class VerificationTests(TestNetwork network) : IAsyncLifetime
{
    private TestLicence _licence = null!;
    private ulong _before;

    public async Task InitializeAsync()
    {
        _licence = await network.IssueAsync();
        _before = (await network.Verifier.CheckpointAsync()).Size;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Granted_attributes_are_released_and_nothing_else()
    {
        var reply = await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync(), "address", "name"));
        Expect("recognised", RecognitionCodes.Recognised, reply);
        Assert.Equal(new Dictionary<string, string> { ["address"] = "上海市文化路459号", ["name"] = "高娟然" }, reply.Attributes);
        Assert.Contains($"{TestNetwork.Agreement}/1#types", reply.Decision.Clauses);
        Assert.Equal(_before + 1, (await network.Verifier.CheckpointAsync()).Size);
    }

    [Fact]
    public async Task Its_bundle_is_verified_again_offline_under_the_genesis_anchor()
    {
        var reply = await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync()));
        var bundle = VerificationBundle.Parser.ParseFrom(Convert.FromBase64String(reply.Bundle!));
        var report = OfflineVerifier.Verify(bundle, network.Network.Anchor, TestNetwork.Now);
        Assert.True(report.IsValid, $"{report.Code} {report.Detail}");
        Assert.Equal("高娟然", Assert.Single(report.Attributes).Value);
        Assert.Equal(reply.Decision.Code, bundle.Decision.Code);
    }

    [Fact]
    public async Task A_grant_suffices_without_a_presentation()
    {
        var reply = await network.Verifier.VerifyAsync(_licence.AskUnpresented(await _licence.GrantAsync()));
        Expect("recognised", RecognitionCodes.Recognised, reply);
        Assert.Null(reply.Bundle);
        Assert.NotNull(reply.Proof);
    }

    [Fact]
    public async Task A_one_time_grant_serves_once()
    {
        var grant = await _licence.GrantAsync(uses: 1);
        Expect("recognised", RecognitionCodes.Recognised, await network.Verifier.VerifyAsync(_licence.Ask(grant)));
        Expect("refused", RecognitionCodes.GrantUsedUp, await network.Verifier.VerifyAsync(_licence.Ask(grant)));
    }

    [Fact]
    public async Task Of_many_at_once_under_a_one_time_grant_consensus_lets_one_through()
    {
        var grant = await _licence.GrantAsync(uses: 1);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => network.Verifier.VerifyAsync(_licence.Ask(grant))));
        Assert.Single(replies, r => r.Decision.Outcome == "recognised");
        Assert.All(replies.Where(r => r.Decision.Outcome != "recognised"), r => Assert.Contains(r.Decision.Code, new[] { AuthorisationCodes.UsedUp, RecognitionCodes.GrantUsedUp }));
        Assert.Equal(_before + 8, (await network.Verifier.CheckpointAsync()).Size);
    }

    [Fact]
    public async Task Without_a_grant_nothing_is_released() =>
        Expect("refused", RecognitionCodes.NoGrant, await network.Verifier.VerifyAsync(_licence.Ask(grant: null)));

    [Fact]
    public async Task An_attribute_that_the_holder_did_not_grant_is_refused() =>
        Expect("refused", RecognitionCodes.AttributeNotGranted, await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync(attributes: ["name"]), "address", "name")));

    [Fact]
    public async Task An_attribute_that_the_matter_may_not_ask_for_is_refused_though_granted() =>
        Expect("refused", RecognitionCodes.OverAsk, await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync(attributes: ["idNumber"]), "idNumber")));

    [Fact]
    public async Task A_grant_for_another_matter_is_refused() =>
        Expect("refused", RecognitionCodes.WrongMatter, await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync(matter: "food-filing"))));

    [Fact]
    public async Task A_grant_that_the_holder_revoked_is_refused()
    {
        var grant = await _licence.GrantAsync();
        await network.MustAsync(until => network.Factory(network.Office.Bureau, "verify").RevokeGrant(_licence.Wallet.Revoke(network.Chain, grant), until));
        Expect("refused", RecognitionCodes.GrantRevoked, await network.Verifier.VerifyAsync(_licence.Ask(grant)));
    }

    [Fact]
    public async Task A_licence_that_its_issuer_revoked_is_refused()
    {
        var grant = await _licence.GrantAsync();
        await network.MustAsync(until => network.Factory(TestNetwork.Police, "issue").Revoke(_licence.Id.Value, "fraud", until));
        Expect("refused", RecognitionCodes.LicenceRevoked, await network.Verifier.VerifyAsync(_licence.Ask(grant)));
    }

    [Fact]
    public async Task A_type_that_the_agreement_does_not_name_is_refused()
    {
        var id = LicenceId.Mint(TestNetwork.Police.Value + "L01", TestNetwork.Police, $"M{Guid.NewGuid():N}"[..30].ToUpperInvariant(), 1);
        var licence = new TestLicence(network, id, "marriage-certificate", network.Officer(TestNetwork.Police, "issue"));
        await network.Node.DepositAsync(new VaultDeposits { Deposits = { licence.Prepared.Deposit } });
        await network.MustAsync(until => network.Factory(TestNetwork.Police, "issue").Issue(licence.Prepared.Argument, until));
        Expect("refused", RecognitionCodes.TypeNotRecognised, await network.Verifier.VerifyAsync(licence.Ask(await licence.GrantAsync(attributes: ["name"]))));
    }

    [Fact]
    public async Task An_identifier_that_was_never_issued_is_refused()
    {
        var unknown = LicenceId.Mint(TestNetwork.TypeCode, TestNetwork.Police, "NEVERISSUED", 1);
        Expect("refused", RecognitionCodes.UnknownLicence, await network.Verifier.VerifyAsync(_licence.AskUnpresented(null) with { LicenceId = unknown.Value }));
    }

    [Fact]
    public async Task A_requester_that_is_no_member_is_refused()
    {
        var stranger = OrganisationCode.Mint("11330000STRANGER0".Replace("S", "A", StringComparison.Ordinal)[..17]);
        Expect("refused", RecognitionCodes.RequesterNotAMember, await network.Verifier.VerifyAsync(_licence.AskUnpresented(await _licence.GrantAsync()) with { Requester = stranger.Value }));
    }

    [Fact]
    public async Task An_attribute_changed_in_the_presentation_is_refused_and_logged()
    {
        var body = _licence.Ask(await _licence.GrantAsync());
        var message = PresentationMessage.Parser.ParseFrom(Convert.FromBase64String(body.Presentation!));
        var shown = DisclosureMessage.Parser.ParseFrom(message.Disclosures[0].Disclosure);
        shown.Value = "张三";
        message.Disclosures[0].Disclosure = shown.ToByteString();
        Expect("refused", PresentationCodes.DisclosuresMismatch, await network.Verifier.VerifyAsync(body with { Presentation = Convert.ToBase64String(message.ToByteArray()) }));
        Assert.Equal(_before + 1, (await network.Verifier.CheckpointAsync()).Size);
    }

    [Fact]
    public async Task Bytes_that_are_no_presentation_are_refused_and_logged_where_the_licence_is_named()
    {
        Expect("refused", PresentationCodes.Malformed, await network.Verifier.VerifyAsync(_licence.AskUnpresented(null) with { Presentation = "AAAA" }));
        Assert.Equal(_before + 1, (await network.Verifier.CheckpointAsync()).Size);
    }

    [Fact]
    public async Task A_presentation_made_for_another_office_is_refused()
    {
        var terms = new PresentationTerms(_licence.Id, TestNetwork.Police, network.Office.Matter, ["name"], TestNetwork.Now);
        var body = _licence.Ask(null) with { Presentation = Convert.ToBase64String(_licence.Wallet.Present(terms).Bytes.Span) };
        Expect("refused", PresentationCodes.WrongAudience, await network.Verifier.VerifyAsync(body));
    }

    [Fact]
    public async Task A_presentation_without_the_nonce_that_was_given_is_refused() =>
        Expect("refused", PresentationCodes.WrongNonce, await network.Verifier.VerifyAsync(_licence.Ask(null) with { Nonce = new string('a', 32) }));

    [Fact]
    public async Task A_credential_that_a_key_without_the_role_signed_is_refused()
    {
        var forged = new TestLicence(network, _licence.Id, "resident-id", network.Officer(network.Office.Bureau, "verify"));
        Expect("refused", VerificationCodes.IssuerKeyRefused, await network.Verifier.VerifyAsync(forged.Ask(null)));
    }

    [Fact]
    public async Task A_credential_that_the_chain_does_not_record_is_refused()
    {
        var second = new TestLicence(network, _licence.Id, "resident-id", network.Officer(TestNetwork.Police, "issue"));
        Expect("refused", VerificationCodes.CredentialNotOnChain, await network.Verifier.VerifyAsync(second.Ask(null)));
    }

    private static void Expect(string outcome, string code, VerificationReply reply)
    {
        Assert.True((outcome, code) == (reply.Decision.Outcome, reply.Decision.Code), $"expected {outcome} {code}, got {reply.Decision.Outcome} {reply.Decision.Code}: {reply.Decision.English}");
        Assert.NotEmpty(reply.Decision.Chinese);
        if (outcome != "recognised") Assert.Empty(reply.Attributes);
    }
}
