using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Tests.Verification;

public sealed class OfflineVerifierTests
{
    private readonly Issued _issued = new();

    [Fact]
    public void A_licence_presented_with_its_proof_is_valid_and_shows_only_what_was_chosen()
    {
        var report = Verify();
        Assert.Equal((VerificationVerdict.Valid, VerificationCodes.Valid), (report.Verdict, report.Code));
        Assert.Equal(new AttributeValue("name", "高娟然"), Assert.Single(report.Attributes));
        Assert.Equal(_issued.Ledger.Head.Header.Time, report.AsOf);
        Assert.Equal(Issued.Licence.Value, report.Licence!.Id);
    }

    [Theory]
    [InlineData(LicenceStatus.Revoked, VerificationCodes.Revoked)]
    [InlineData(LicenceStatus.Suspended, VerificationCodes.Suspended)]
    public void A_licence_that_its_issuer_took_back_is_not_valid(LicenceStatus status, string code)
    {
        _issued.Record.Status = status;
        _issued.Write();
        Expect(VerificationVerdict.NotValid, code, Verify());
    }

    [Fact]
    public void A_licence_is_expired_from_the_first_instant_after_its_validity()
    {
        _issued.Record.ValidUntilMs = _issued.Ledger.Now.Milliseconds + 1_000; // the time of the next block
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.Expired, Verify());
    }

    [Fact]
    public void A_licence_is_not_valid_before_its_validity_begins()
    {
        _issued.Record.ValidFromMs = _issued.Ledger.Now.Milliseconds + 1_001;
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.NotYetValid, Verify());
    }

    [Fact]
    public void A_licence_that_the_chain_does_not_hold_is_not_valid()
    {
        var empty = new Ledger();
        empty.Close();
        Expect(VerificationVerdict.NotValid, VerificationCodes.UnknownLicence, Verify(proof: empty.Prove(ChainEvidence.KeysFor(_issued.Prepared.Held.Credential))));
    }

    [Fact]
    public void An_issuer_key_that_the_chain_does_not_hold_makes_the_credential_worthless()
    {
        var ledger = new Ledger();
        ledger.Put(StateKeys.Licence(Issued.Licence), _issued.Record);
        ledger.Close();
        Expect(VerificationVerdict.NotValid, VerificationCodes.IssuerKeyRefused, Verify(proof: ledger.Prove(ChainEvidence.KeysFor(_issued.Prepared.Held.Credential))));
    }

    [Fact]
    public void A_key_of_another_member_cannot_issue_for_the_issuer()
    {
        var key = _issued.Key;
        key.Member = Issued.Office.Value;
        _issued.Ledger.Put(StateKeys.Key(_issued.IssuerKey.PublicKey.Id), key);
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.IssuerKeyRefused, Verify());
    }

    [Fact]
    public void A_key_without_the_role_to_issue_cannot_issue()
    {
        var key = _issued.Key;
        key.Roles.Clear();
        key.Roles.Add(KeyRole.Verify);
        _issued.Ledger.Put(StateKeys.Key(_issued.IssuerKey.PublicKey.Id), key);
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.IssuerKeyRefused, Verify());
    }

    [Fact]
    public void A_credential_that_was_replaced_on_chain_is_not_valid()
    {
        _issued.Record.CredentialHash = ByteString.CopyFrom(new byte[32]);
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.CredentialNotOnChain, Verify());
    }

    [Fact]
    public void Nothing_is_said_where_the_proof_leaves_the_licence_out() =>
        Expect(VerificationVerdict.Undetermined, VerificationCodes.LicenceNotProven, Verify(proof: _issued.Ledger.Prove(StateKeys.Key(_issued.IssuerKey.PublicKey.Id))));

    [Fact]
    public void Nothing_is_said_where_the_proof_leaves_the_issuers_key_out() =>
        Expect(VerificationVerdict.Undetermined, VerificationCodes.IssuerKeyNotProven, Verify(proof: _issued.Ledger.Prove(StateKeys.Licence(Issued.Licence))));

    [Fact]
    public void An_old_proof_leaves_a_valid_licence_undetermined_as_of_its_time()
    {
        var report = Verify(now: _issued.Ledger.Now.Plus(600_001));
        Expect(VerificationVerdict.Undetermined, VerificationCodes.StaleProof, report);
        Assert.Equal(_issued.Ledger.Head.Header.Time, report.AsOf);
    }

    [Fact]
    public void An_old_proof_of_a_revocation_is_enough_for_there_is_no_way_back()
    {
        _issued.Record.Status = LicenceStatus.Revoked;
        _issued.Write();
        Expect(VerificationVerdict.NotValid, VerificationCodes.Revoked, Verify(now: _issued.Ledger.Now.Plus(600_001)));
    }

    [Fact]
    public void An_old_proof_of_a_suspension_says_nothing_for_it_may_have_been_lifted()
    {
        _issued.Record.Status = LicenceStatus.Suspended;
        _issued.Write();
        Expect(VerificationVerdict.Undetermined, VerificationCodes.StaleProof, Verify(now: _issued.Ledger.Now.Plus(600_001)));
    }

    [Fact]
    public void A_header_from_the_future_is_not_believed()
    {
        var now = new UnixTime(_issued.Ledger.Now.Milliseconds - 60_001);
        Expect(VerificationVerdict.Undetermined, VerificationCodes.FutureProof, Verify(now: now));
    }

    [Fact]
    public void A_proof_with_one_signature_too_few_is_false()
    {
        _issued.Ledger.Close(signers: TestValidators.First.Set.Quorum - 1);
        Expect(VerificationVerdict.NotValid, VerificationCodes.FalseProof, Verify());
    }

    [Fact]
    public void A_proof_by_validators_that_the_anchor_does_not_know_says_nothing()
    {
        var report = OfflineVerifier.Verify(Present(), Proof(), new Ledger(TestValidators.Second).Anchor, _issued.Ledger.Now);
        Expect(VerificationVerdict.Undetermined, VerificationCodes.UnknownValidators, report);
    }

    [Fact]
    public void A_record_that_was_changed_under_its_proof_is_false()
    {
        var message = Proof().Message.Clone();
        var revalued = LicenceRecord.Parser.ParseFrom(message.States[0].Value);
        revalued.ValidUntilMs = 9;
        message.States[0].Value = revalued.ToByteString();
        Expect(VerificationVerdict.NotValid, VerificationCodes.FalseProof, Verify(proof: Ledger.Of(message)));
    }

    [Fact]
    public void An_attribute_that_was_changed_after_the_holder_signed_is_refused()
    {
        var message = Present().ToMessage();
        var shown = DisclosureMessage.Parser.ParseFrom(message.Disclosures[0].Disclosure);
        shown.Value = "张三";
        message.Disclosures[0].Disclosure = shown.ToByteString();
        var bundle = new VerificationBundle { Presentation = message, Proof = Proof().Message };
        Expect(VerificationVerdict.NotValid, PresentationCodes.DisclosuresMismatch, OfflineVerifier.Verify(bundle, _issued.Ledger.Anchor, _issued.Ledger.Now));
    }

    [Fact]
    public void A_presentation_for_somebody_else_is_refused_where_the_audience_is_asked_for()
    {
        var options = new OfflineVerificationOptions { Expectation = new PresentationExpectation(Ledger.Chain, Issued.Agency, _issued.Ledger.Now) };
        var report = OfflineVerifier.Verify(Present(), Proof(), _issued.Ledger.Anchor, _issued.Ledger.Now, options);
        Expect(VerificationVerdict.NotValid, PresentationCodes.WrongAudience, report);
    }

    [Fact]
    public void A_bundle_is_judged_by_the_verifiers_anchor_and_never_by_its_own()
    {
        var forged = new Ledger(TestValidators.Second);
        forged.Put(StateKeys.Licence(Issued.Licence), _issued.Record);
        forged.Put(StateKeys.Key(_issued.IssuerKey.PublicKey.Id), _issued.Key);
        forged.Close();
        var bundle = new VerificationBundle
        {
            Anchor = forged.Anchor.ToMessage(),
            Presentation = Present().ToMessage(),
            Proof = forged.Prove(ChainEvidence.KeysFor(_issued.Prepared.Held.Credential)).Message,
        };
        Assert.True(OfflineVerifier.Verify(bundle, forged.Anchor, _issued.Ledger.Now).IsValid);
        Expect(VerificationVerdict.Undetermined, VerificationCodes.UnknownValidators, OfflineVerifier.Verify(bundle, _issued.Ledger.Anchor, _issued.Ledger.Now));
    }

    [Fact]
    public void A_bundle_without_its_parts_is_undetermined() =>
        Expect(VerificationVerdict.Undetermined, VerificationCodes.MalformedBundle, OfflineVerifier.Verify(new VerificationBundle(), _issued.Ledger.Anchor, _issued.Ledger.Now));

    private static void Expect(VerificationVerdict verdict, string code, VerificationReport report)
    {
        Assert.Equal((verdict, code), (report.Verdict, report.Code));
        Assert.Empty(report.Attributes);
    }

    private Presentation Present() => _issued.Wallet.Present(_issued.Terms("name"));

    private LicenceProof Proof() => _issued.Ledger.Prove(ChainEvidence.KeysFor(_issued.Prepared.Held.Credential));

    private VerificationReport Verify(LicenceProof? proof = null, UnixTime? now = null) =>
        OfflineVerifier.Verify(Present(), proof ?? Proof(), _issued.Ledger.Anchor, now ?? _issued.Ledger.Now);
}
