using Google.Protobuf;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Authorisations;

public sealed class GrantTests
{
    private readonly TestChain _chain = TestChain.WithLicence();

    [Fact]
    public void Registered_grant_says_what_the_holder_signed()
    {
        var grant = Samples.Signed(Samples.Grant(_chain.Now));
        var receipt = _chain.MustRun(Cast.Verifier, "authorisations", "grant", grant);
        var record = _chain.Find(StateKeys.Grant(Samples.IdOf(grant)), GrantRecord.Parser)!;
        Assert.Equal(("grant.registered", Samples.IdOf(grant).ToString()), (receipt.Events[0].Type, receipt.Events[0].Subject));
        Assert.Equal(Cast.ShanghaiBureau.Value, record.Grantee);
        Assert.Equal((GrantStatus.Active, 1u, 0u), (record.Status, record.Uses, record.Used));
        Assert.Equal(Samples.Tag(Cast.Holder), record.HolderTag);
    }

    [Fact]
    public void Any_verifying_member_may_relay_a_grant_for_another() =>
        Assert.True(_chain.Run(Cast.JiangsuVerifier, "authorisations", "grant", Samples.Signed(Samples.Grant(_chain.Now))).Applied);

    [Fact]
    public void Same_grant_is_registered_once()
    {
        var grant = Samples.Signed(Samples.Grant(_chain.Now));
        _chain.MustRun(Cast.Verifier, "authorisations", "grant", grant);
        _chain.Refuses(AuthorisationCodes.AlreadyGranted, Cast.JiangsuVerifier, "authorisations", "grant", grant);
    }

    [Fact]
    public void Grant_signed_by_somebody_who_is_not_the_holder_is_refused() =>
        _chain.Refuses(AuthorisationCodes.OtherHolder, Cast.Verifier, "authorisations", "grant", Samples.Signed(Samples.Grant(_chain.Now), Cast.OtherHolder));

    [Fact]
    public void Signature_covers_every_byte_of_the_statement()
    {
        var signed = Samples.Signed(Samples.Grant(_chain.Now));
        var other = Samples.Grant(_chain.Now);
        other.Uses = 2;
        signed.Statement = other.ToByteString();
        _chain.Refuses(AuthorisationCodes.BadSignature, Cast.Verifier, "authorisations", "grant", signed);
    }

    [Fact]
    public void Signature_made_for_another_purpose_does_not_count()
    {
        var signed = Samples.Signed(Samples.Grant(_chain.Now));
        signed.HolderSignature = ByteString.CopyFrom(Cast.Holder.Sign(SigningContext.GrantRevocation, signed.Statement.Span));
        _chain.Refuses(AuthorisationCodes.BadSignature, Cast.Verifier, "authorisations", "grant", signed);
    }

    [Fact]
    public void Malformed_holder_key_or_signature_is_refused()
    {
        var noKey = Samples.Signed(Samples.Grant(_chain.Now));
        noKey.HolderPublicKey = ByteString.CopyFrom(new byte[65]);
        _chain.Refuses(AuthorisationCodes.BadSignature, Cast.Verifier, "authorisations", "grant", noKey);
        var noSignature = Samples.Signed(Samples.Grant(_chain.Now));
        noSignature.HolderSignature = ByteString.Empty;
        _chain.Refuses(AuthorisationCodes.BadSignature, Cast.Verifier, "authorisations", "grant", noSignature);
    }

    [Fact]
    public void Statement_that_is_not_canonical_is_refused()
    {
        var signed = Samples.Signed(Samples.Grant(_chain.Now));
        signed.Statement = ByteString.CopyFrom([.. signed.Statement.Span, 0x98, 0x06, 0x01]);
        _chain.Refuses(AuthorisationCodes.BadStatement, Cast.Verifier, "authorisations", "grant", signed);
    }

    [Fact]
    public void Grant_for_another_chain_is_refused() => Refuses(AuthorisationCodes.BadStatement, g => g.ChainId = "other-chain");

    [Fact]
    public void Unique_id_has_sixteen_bytes() => Refuses(AuthorisationCodes.BadStatement, g => g.UniqueId = ByteString.CopyFrom(new byte[15]));

    [Fact]
    public void Grantee_is_an_organisation() => Refuses(AuthorisationCodes.BadGrantee, g => g.Grantee = "somebody");

    [Fact]
    public void Matter_and_purpose_are_bounded()
    {
        Refuses(AuthorisationCodes.BadMatter, g => g.Matter = "");
        Refuses(AuthorisationCodes.BadMatter, g => g.Purpose = new string('x', 201));
    }

    [Fact]
    public void Matter_and_purpose_hold_no_citizen_number_for_the_chain_forgets_nothing()
    {
        Refuses(AuthorisationCodes.BadMatter, g => g.Matter = "440524188001010014");
        Refuses(AuthorisationCodes.BadMatter, g => g.Purpose = "为11010519491231002X办理入学");
    }

    [Fact]
    public void Items_are_one_to_thirty_two_distinct_licences()
    {
        Refuses(AuthorisationCodes.BadItems, g => g.Items.Clear());
        Refuses(AuthorisationCodes.BadItems, g => g.Items.Add(g.Items[0].Clone()));
        Refuses(AuthorisationCodes.BadItems, g => g.Items.AddRange(Enumerable.Range(2, 32).Select(i => Item($"{i}", "name"))));
        Refuses(AuthorisationCodes.BadItems, g => g.Items[0].LicenceId = "1.2.3");
    }

    [Fact]
    public void Attributes_of_an_item_are_distinct_and_ascending()
    {
        Refuses(AuthorisationCodes.BadItems, g => g.Items[0].Attributes.Clear());
        Refuses(AuthorisationCodes.BadItems, g => Replace(g, "name", "address"));
        Refuses(AuthorisationCodes.BadItems, g => Replace(g, "name", "name"));
        Refuses(AuthorisationCodes.BadItems, g => Replace(g, "a b"));
    }

    [Fact]
    public void Attributes_exist_in_the_licences_type() => Refuses(AuthorisationCodes.UnknownAttribute, g => Replace(g, "name", "shoeSize"));

    [Fact]
    public void Licences_exist() => Refuses(AuthorisationCodes.UnknownLicence, g => g.Items[0] = Item("9", "name"));

    [Fact]
    public void Grant_ends_after_it_begins() => Refuses(AuthorisationCodes.BadPeriod, g => g.UntilMs = g.FromMs);

    [Fact]
    public void Grant_that_ended_before_block_time_is_refused() => Refuses(AuthorisationCodes.BadPeriod, g => (g.FromMs, g.UntilMs) = (1, 2));

    [Fact]
    public void Grant_that_ends_at_block_time_is_refused() => Refuses(AuthorisationCodes.BadPeriod, g => (g.FromMs, g.UntilMs) = (1, _chain.Next.Time.Milliseconds));

    [Theory]
    [InlineData(0u)]
    [InlineData(1_000_001u)]
    public void Uses_are_one_to_a_million(uint uses) => Refuses(AuthorisationCodes.BadUses, g => g.Uses = uses);

    [Fact]
    public void Only_a_verify_key_of_a_verifier_relays()
    {
        var grant = Samples.Signed(Samples.Grant(_chain.Now));
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Issuer, "authorisations", "grant", grant);
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Service, "authorisations", "grant", grant);
    }

    private void Refuses(string code, Action<GrantStatement> spoil)
    {
        var statement = Samples.Grant(_chain.Now);
        spoil(statement);
        _chain.Refuses(code, Cast.Verifier, "authorisations", "grant", Samples.Signed(statement));
    }

    private static GrantItem Item(string serial, params string[] attributes) => new() { LicenceId = Samples.LicenceId(serial).Value, Attributes = { attributes } };

    private static void Replace(GrantStatement grant, params string[] attributes)
    {
        grant.Items[0].Attributes.Clear();
        grant.Items[0].Attributes.AddRange(attributes);
    }
}
