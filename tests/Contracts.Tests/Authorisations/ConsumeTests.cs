using Google.Protobuf;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Authorisations;

public sealed class ConsumeTests
{
    private readonly TestChain _chain = TestChain.WithLicence();

    [Fact]
    public void Consumed_use_leaves_a_record_and_counts()
    {
        var grant = Grant(_ => { });
        var receipt = _chain.MustRun(Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
        Assert.Equal(1u, _chain.Find(StateKeys.Grant(grant), GrantRecord.Parser)!.Used);
        var use = _chain.Find(StateKeys.GrantUse(grant, Hash256.From(Samples.Digest("use-1").Span)), GrantUseRecord.Parser)!;
        Assert.Equal(Cast.ShanghaiBureau.Value, use.Member);
        Assert.Equal(_chain.Now.Milliseconds, use.TimeMs);
        var consumed = Assert.Single(receipt.Events);
        Assert.Equal("grant.consumed", consumed.Type);
        Assert.Equal(use, GrantUseRecord.Parser.ParseFrom(consumed.Data));
    }

    [Fact]
    public void Second_use_beyond_the_granted_ones_fails_in_consensus()
    {
        var grant = Grant(_ => { });
        _chain.MustRun(Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
        _chain.Refuses(AuthorisationCodes.UsedUp, Cast.Service, "authorisations", "consume", Samples.Consumption(grant, "use-2"));
    }

    [Fact]
    public void Two_uses_of_the_last_one_in_one_block_leave_one_receipt_applied()
    {
        var grant = Grant(_ => { });
        var outcome = _chain.Commit(
            _chain.Sign(Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant)),
            _chain.Sign(Cast.Service, "authorisations", "consume", Samples.Consumption(grant, "use-2")));
        Assert.Equal([Refusal.Ok, AuthorisationCodes.UsedUp], outcome.Receipts.Select(r => r.Code));
    }

    [Fact]
    public void Same_use_id_is_refused_the_second_time_even_where_uses_are_left()
    {
        var grant = Grant(g => g.Uses = 5);
        _chain.MustRun(Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
        _chain.Refuses(AuthorisationCodes.UseRepeated, Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
    }

    [Fact]
    public void Only_the_grantee_consumes()
    {
        var grant = Grant(_ => { });
        _chain.Refuses(AuthorisationCodes.OtherGrantee, Cast.JiangsuVerifier, "authorisations", "consume", Samples.Consumption(grant));
    }

    [Fact]
    public void Only_a_verify_or_service_key_of_a_verifier_consumes()
    {
        var grant = Grant(_ => { });
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Governor, "authorisations", "consume", Samples.Consumption(grant));
        _chain.Refuses(TransactionCodes.MissingRole, Cast.AuditorService, "authorisations", "consume", Samples.Consumption(grant));
        Assert.True(_chain.Run(Cast.Service, "authorisations", "consume", Samples.Consumption(grant)).Applied);
    }

    [Fact]
    public void Revoked_grant_has_no_use()
    {
        var grant = Grant(_ => { });
        _chain.MustRun(Cast.Verifier, "authorisations", "revoke", Samples.Revocation(grant));
        _chain.Refuses(AuthorisationCodes.Revoked, Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
    }

    [Fact]
    public void Grant_is_used_within_its_time_of_block_time()
    {
        var grant = Grant(g => (g.FromMs, g.UntilMs) = (g.FromMs + 1_000_000, g.FromMs + 2_000_000));
        var start = _chain.Now;
        _chain.Refuses(AuthorisationCodes.NotYet, Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
        _chain.Now = start.Plus(2_000_000);
        _chain.Refuses(AuthorisationCodes.Expired, Cast.Verifier, "authorisations", "consume", Samples.Consumption(grant));
    }

    [Fact]
    public void Grant_is_used_for_its_matter_and_its_licences()
    {
        var grant = Grant(_ => { });
        Refuses(AuthorisationCodes.OtherMatter, grant, c => c.Matter = "school-enrolment");
        Refuses(AuthorisationCodes.LicenceNotGranted, grant, c => c.LicenceId = Samples.LicenceId("2").Value);
    }

    [Fact]
    public void Use_id_is_a_digest_and_the_grant_exists()
    {
        var grant = Grant(_ => { });
        Refuses(AuthorisationCodes.BadUse, grant, c => c.UseId = ByteString.CopyFrom(new byte[32]));
        Refuses(AuthorisationCodes.BadUse, grant, c => c.UseId = ByteString.Empty);
        Refuses(AuthorisationCodes.UnknownGrant, grant, c => c.GrantId = ByteString.CopyFrom(Sm3.Hash([1]).Span));
        Refuses(AuthorisationCodes.UnknownGrant, grant, c => c.GrantId = ByteString.Empty);
    }

    private void Refuses(string code, GrantId grant, Action<ConsumeGrant> spoil)
    {
        var consumption = Samples.Consumption(grant);
        spoil(consumption);
        _chain.Refuses(code, Cast.Verifier, "authorisations", "consume", consumption);
    }

    private GrantId Grant(Action<GrantStatement> change)
    {
        var statement = Samples.Grant(_chain.Now);
        change(statement);
        var grant = Samples.Signed(statement);
        _chain.MustRun(Cast.Verifier, "authorisations", "grant", grant);
        return Samples.IdOf(grant);
    }
}
