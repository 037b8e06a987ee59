using LicenceChain.Contracts.Licences;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Licences;

public sealed class StatusTests
{
    private readonly TestChain _chain = TestChain.WithLicence();

    [Fact]
    public void Suspended_licence_keeps_its_reason_and_may_be_resumed()
    {
        var suspended = _chain.MustRun(Cast.Issuer, "licences", "suspend", Samples.Change("under-investigation"));
        Assert.Equal("licence.suspended", Assert.Single(suspended.Events).Type);
        Assert.Equal((LicenceStatus.Suspended, "under-investigation"), (Licence().Status, Licence().Reason));
        var resumed = _chain.MustRun(Cast.Issuer, "licences", "resume", Samples.Change("cleared"));
        Assert.Equal("licence.resumed", Assert.Single(resumed.Events).Type);
        Assert.Equal(LicenceStatus.Valid, Licence().Status);
    }

    [Fact]
    public void Suspended_licence_may_be_revoked()
    {
        _chain.MustRun(Cast.Issuer, "licences", "suspend", Samples.Change());
        Assert.Equal("licence.revoked", Assert.Single(_chain.MustRun(Cast.Issuer, "licences", "revoke", Samples.Change()).Events).Type);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("revoke")]
    public void Revoked_licence_stays_revoked(string method)
    {
        _chain.MustRun(Cast.Issuer, "licences", "revoke", Samples.Change());
        _chain.Refuses(LicenceCodes.IllegalTransition, Cast.Issuer, "licences", method, Samples.Change());
    }

    [Fact]
    public void Valid_licence_cannot_be_resumed() => _chain.Refuses(LicenceCodes.IllegalTransition, Cast.Issuer, "licences", "resume", Samples.Change());

    [Fact]
    public void Suspended_licence_cannot_be_suspended_again()
    {
        _chain.MustRun(Cast.Issuer, "licences", "suspend", Samples.Change());
        _chain.Refuses(LicenceCodes.IllegalTransition, Cast.Issuer, "licences", "suspend", Samples.Change());
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("revoke")]
    public void Only_the_issuing_member_changes_a_status(string method) => _chain.Refuses(LicenceCodes.NotYours, Cast.OtherIssuer, "licences", method, Samples.Change());

    [Theory]
    [InlineData("")]
    [InlineData("Lost in the post")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void Reason_is_a_short_code_and_never_free_text(string reason) => _chain.Refuses(LicenceCodes.BadReason, Cast.Issuer, "licences", "revoke", Samples.Change(reason));

    [Fact]
    public void Unknown_licence_cannot_be_changed() =>
        _chain.Refuses(LicenceCodes.UnknownLicence, Cast.Issuer, "licences", "revoke", new ChangeLicenceStatus { Id = Samples.LicenceId("9").Value, Reason = "lost" });

    [Fact]
    public void Malformed_identifier_is_refused() => _chain.Refuses(LicenceCodes.BadId, Cast.Issuer, "licences", "revoke", new ChangeLicenceStatus { Id = "1.2.3", Reason = "lost" });

    private LicenceRecord Licence() => _chain.Find(StateKeys.Licence(Samples.LicenceId()), LicenceRecord.Parser)!;
}
