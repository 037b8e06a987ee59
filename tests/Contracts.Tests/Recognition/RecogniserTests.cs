using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Recognition;

public sealed class RecogniserTests
{
    [Fact]
    public void Licence_of_another_region_is_recognised_under_the_agreement_by_the_holders_grant()
    {
        var decision = new Request().Decide();
        Assert.Equal((RecognitionOutcome.Recognised, RecognitionCodes.Recognised, "recognised"), (decision.Outcome, decision.Code, decision.Reason));
        Assert.Equal(["yangtze-delta-2025/1#regions", "yangtze-delta-2025/1#types", "medical-care-elsewhere/1#needs", "grant#scope"], decision.Clauses);
        Assert.Contains("予以互认", decision.Chinese, StringComparison.Ordinal);
        Assert.Contains("recognised", decision.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Requester_without_a_record_is_no_member() => Refuses("requester-not-a-member", r => r.Requester = null);

    [Fact]
    public void Suspended_requester_is_refused() => Refuses("requester-not-active", r => r.Requester!.Status = StandingStatus.Suspended);

    [Fact]
    public void Requester_without_role_verifier_is_refused() => Refuses("requester-not-a-verifier", r => r.Requester!.Roles.Remove(MemberRole.Verifier));

    [Fact]
    public void Requester_speaks_for_its_own_region_only() => Refuses("requester-of-another-region", r => r.Requester!.Region = Cast.Anhui.Value);

    [Fact]
    public void Unknown_licence_is_refused() => Refuses("unknown-licence", r => r.Licence = null);

    [Fact]
    public void Revoked_licence_is_refused_in_every_region()
    {
        foreach (var region in Cast.Regions)
        {
            Refuses("licence-revoked", r =>
            {
                r.Licence!.Status = LicenceStatus.Revoked;
                r.Licence.Region = region.Value;
            });
        }
    }

    [Fact]
    public void Suspended_licence_is_refused() => Refuses("licence-suspended", r => r.Licence!.Status = LicenceStatus.Suspended);

    [Fact]
    public void Expired_licence_is_refused() => Refuses("licence-expired", r => r.Licence!.ValidUntilMs = r.Now.Milliseconds);

    [Fact]
    public void Licence_whose_validity_begins_later_is_refused() => Refuses("not-yet-valid", r => r.Licence!.ValidFromMs = r.Now.Milliseconds + 1);

    [Fact]
    public void Presenter_who_is_not_the_holder_is_refused() => Refuses("not-the-holder", r => r.Presenter = HolderTag.Of(Cast.OtherHolder.Key.PublicKey));

    [Fact]
    public void Without_a_presentation_the_grant_speaks_for_the_holder()
    {
        var request = new Request { Presenter = null };
        Assert.True(request.Decide().IsRecognised);
    }

    [Fact]
    public void Without_an_agreement_nothing_is_recognised_across_regions() => Refuses("no-agreement", r => r.Agreements.Clear());

    [Fact]
    public void Agreement_counts_only_once_it_is_in_force()
    {
        Refuses("no-agreement", r => r.Agreements[0].InForceSinceMs = 0);
        Refuses("no-agreement", r => r.Agreements[0].InForceSinceMs = r.Now.Milliseconds + 1);
        Refuses("no-agreement", r => r.Agreements[0].Document.SinceMs = r.Now.Milliseconds + 1);
    }

    [Fact]
    public void Agreement_covers_the_regions_it_names()
    {
        Refuses("no-agreement", r => r.Agreements[0].Document.Regions.Remove(Cast.Jiangsu.Value));
        Refuses("no-agreement", r => r.Agreements[0].Document.Regions.Remove(Cast.Shanghai.Value));
    }

    [Fact]
    public void Type_outside_the_agreement_is_not_recognised_though_the_grant_is_good()
    {
        var decision = Refuses("type-not-recognised", r =>
        {
            r.Licence!.Type = "marriage-certificate";
            r.Asked.Attributes.Clear();
            r.Asked.Attributes.Add("name");
        });
        Assert.Equal(["yangtze-delta-2025/1#types"], decision.Clauses);
        Assert.Contains("长三角电子证照互认协议(样例)", decision.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void Within_one_region_no_agreement_is_needed()
    {
        var request = new Request();
        request.Agreements.Clear();
        request.Licence!.Region = Cast.Shanghai.Value;
        var decision = request.Decide();
        Assert.True(decision.IsRecognised);
        Assert.Contains("region#same", decision.Clauses);
    }

    [Fact]
    public void Unknown_matter_is_refused() => Refuses("unknown-matter", r => r.Matter = null);

    [Fact]
    public void Matter_of_another_region_is_refused() => Refuses("matter-of-another-region", r => r.Matter!.Region = Cast.Anhui.Value);

    [Fact]
    public void Over_asking_is_refused_even_where_the_holder_granted_it()
    {
        var decision = Refuses("over-ask", r =>
        {
            r.Asked.Attributes.Add("sex");
            r.Granted!.Items[0].Attributes.Add("sex");
        });
        Assert.Equal(["medical-care-elsewhere/1#needs"], decision.Clauses);
        Assert.Contains("sex", decision.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_that_the_matter_does_not_need_is_over_asked() => Refuses("over-ask", r => r.Matter!.Needs.RemoveAt(1));

    [Fact]
    public void Without_a_grant_nothing_is_released()
    {
        Refuses("no-grant", r => r.Granted = null);
        Refuses("no-grant", r => (r.Granted, r.Asked.GrantId) = (null, ByteString.Empty));
    }

    [Fact]
    public void Grant_for_another_organisation_is_refused() => Refuses("grant-not-for-this-requester", r => r.Granted!.Grantee = Cast.Auditor.Value);

    [Fact]
    public void Revoked_grant_is_refused() => Refuses("grant-revoked", r => r.Granted!.Status = GrantStatus.Revoked);

    [Fact]
    public void Grant_that_begins_later_is_refused() => Refuses("grant-not-yet", r => r.Granted!.FromMs = r.Now.Milliseconds + 1);

    [Fact]
    public void Grant_is_expired_from_its_last_instant_on() => Refuses("grant-expired", r => r.Granted!.UntilMs = r.Now.Milliseconds);

    [Fact]
    public void Grant_whose_one_use_was_consumed_is_used_up() => Refuses("grant-used-up", r => r.Granted!.Used = 1);

    [Fact]
    public void Last_use_does_not_count_against_the_request_it_was_consumed_for()
    {
        var request = new Request { Use = Use() };
        request.Granted!.Used = 1;
        Assert.True(request.Decide().IsRecognised);
        Refuses("grant-used-up", r => (r.Granted!.Used, r.Use) = (1, Use(u => u.Member = Cast.Auditor.Value)));
        Refuses("grant-used-up", r => (r.Granted!.Used, r.Use) = (1, Use(u => u.LicenceId = Samples.LicenceId("2").Value)));
        Refuses("grant-used-up", r => (r.Granted!.Used, r.Use) = (1, Use(u => u.Matter = "school-enrolment")));
    }

    [Fact]
    public void Grant_for_another_matter_is_refused() => Refuses("wrong-matter", r => r.Granted!.Matter = "school-enrolment");

    [Fact]
    public void Grant_that_does_not_name_the_licence_is_refused() => Refuses("licence-not-in-grant", r => r.Granted!.Items[0].LicenceId = Samples.LicenceId("2").Value);

    [Fact]
    public void Grant_of_another_holder_is_refused() => Refuses("licence-not-in-grant", r => r.Granted!.HolderTag = Samples.Tag(Cast.OtherHolder));

    [Fact]
    public void Attribute_that_was_not_granted_is_refused() => Refuses("attribute-not-granted", r => r.Granted!.Items[0].Attributes.Remove("name"));

    [Fact]
    public void What_could_not_be_had_leaves_the_decision_open()
    {
        var request = new Request();
        var missing = Recogniser.Undetermined(request.Parse(), stale: false, request.Now);
        var stale = Recogniser.Undetermined(request.Parse(), stale: true, request.Now);
        Assert.Equal(("facts-unavailable", "facts-stale"), (missing.Reason, stale.Reason));
        Assert.All([missing, stale], d => Assert.Equal(RecognitionOutcome.Undetermined, d.Outcome));
    }

    [Fact]
    public void Facts_about_something_else_are_a_bug()
    {
        Assert.Throws<ArgumentException>(() => new Request { Requester = TestGenesis.Member(Cast.Auditor, Cast.Shanghai, MemberRole.Verifier) }.Decide());
        var other = new Request();
        other.Licence!.Id = Samples.LicenceId("2").Value;
        Assert.Throws<ArgumentException>(() => other.Decide());
        var unasked = new Request();
        unasked.Asked.GrantId = ByteString.Empty;
        Assert.Throws<ArgumentException>(() => unasked.Decide());
    }

    private static RecognitionDecision Refuses(string reason, Action<Request> spoil)
    {
        var request = new Request();
        spoil(request);
        var decision = request.Decide();
        Assert.Equal((reason, RecognitionOutcome.Refused), (decision.Reason, decision.Outcome));
        Assert.NotEmpty(decision.Clauses);
        Assert.EndsWith("。", decision.Chinese, StringComparison.Ordinal);
        Assert.EndsWith(".", decision.English, StringComparison.Ordinal);
        return decision;
    }

    private static GrantUseRecord Use(Action<GrantUseRecord>? change = null)
    {
        var use = new GrantUseRecord
        {
            GrantId = ByteString.CopyFrom(Request.Grant.Value.Span), Member = Cast.ShanghaiBureau.Value, LicenceId = Samples.LicenceId().Value, Matter = Samples.Matter,
        };
        change?.Invoke(use);
        return use;
    }
}
