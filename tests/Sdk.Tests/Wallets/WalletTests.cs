using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Tests.Wallets;

public sealed class WalletTests
{
    private readonly Issued _issued = new();

    [Fact]
    public void A_presentation_holds_up_before_its_audience_and_shows_nothing_else()
    {
        var presentation = _issued.Wallet.Present(_issued.Terms("sex", "name"));
        var expected = new PresentationExpectation(Ledger.Chain, Issued.Office, _issued.Ledger.Now) { Matter = "school-enrolment" };
        var result = presentation.Verify(expected);
        Assert.True(result.IsValid, result.Code);
        Assert.Equal(["name", "sex"], result.Attributes.Select(a => a.Name));
        Assert.DoesNotContain("文化路", System.Text.Encoding.UTF8.GetString(presentation.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_offices_nonce_is_bound_into_the_presentation()
    {
        var nonce = ByteString.CopyFrom(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        var presentation = _issued.Wallet.Present(_issued.Terms("name") with { Nonce = nonce });
        var expected = new PresentationExpectation(Ledger.Chain, Issued.Office, _issued.Ledger.Now);
        Assert.True(presentation.Verify(expected with { Nonce = nonce }).IsValid);
        Assert.Equal(PresentationCodes.WrongNonce, presentation.Verify(expected with { Nonce = ByteString.CopyFrom(new byte[32]) }).Code);
    }

    [Fact]
    public void Two_presentations_of_the_same_are_never_the_same() =>
        Assert.NotEqual(_issued.Wallet.Present(_issued.Terms("name")).Bytes.ToArray(), _issued.Wallet.Present(_issued.Terms("name")).Bytes.ToArray());

    [Fact]
    public void A_grant_is_canonical_signed_by_the_holder_and_names_each_attribute_once_in_order()
    {
        var second = LicenceId.Mint(Issued.Agency.Value + "L01", Issued.Agency, "0", 1);
        var grant = _issued.Wallet.Grant(Ledger.Chain, Terms(new GrantedLicence(Issued.Licence, ["name", "address", "name"]), new GrantedLicence(second, ["sex"])));
        Assert.True(CanonicalProto.TryParse(GrantStatement.Parser, grant.Argument.Statement.Span, 4096, out var statement));
        Assert.Equal([second.Value, Issued.Licence.Value], statement.Items.Select(i => i.LicenceId));
        Assert.Equal(["address", "name"], statement.Items[1].Attributes);
        Assert.Equal(grant.Id, new GrantId(Sm3.Hash(grant.Argument.Statement.Span)));
        Assert.True(_issued.Wallet.PublicKey.Verify(SigningContext.Grant, grant.Argument.Statement.Span, grant.Argument.HolderSignature.Span));
        Assert.Equal(grant.Argument.Statement, Assert.Single(_issued.Wallet.Grants));
    }

    [Fact]
    public void Two_grants_of_the_same_terms_are_two_grants()
    {
        var terms = Terms(new GrantedLicence(Issued.Licence, ["name"]));
        Assert.NotEqual(_issued.Wallet.Grant(Ledger.Chain, terms).Id, _issued.Wallet.Grant(Ledger.Chain, terms).Id);
    }

    [Fact]
    public void A_revocation_is_signed_for_revoking_and_counts_for_nothing_else()
    {
        var id = new GrantId(Sm3.Hash("grant"u8));
        var revocation = _issued.Wallet.Revoke(Ledger.Chain, id);
        Assert.True(_issued.Wallet.PublicKey.Verify(SigningContext.GrantRevocation, revocation.Statement.Span, revocation.HolderSignature.Span));
        Assert.False(_issued.Wallet.PublicKey.Verify(SigningContext.Grant, revocation.Statement.Span, revocation.HolderSignature.Span));
    }

    [Fact]
    public void A_credential_of_another_holder_is_not_taken()
    {
        using var other = Wallet.Create("other");
        Assert.Throws<ArgumentException>(() => other.Add(_issued.Prepared.Held));
    }

    [Fact]
    public void What_the_wallet_does_not_hold_it_cannot_present()
    {
        using var empty = Wallet.Create("empty");
        Assert.Equal(SdkCodes.NotInWallet, Assert.Throws<LicenceChainException>(() => empty.Present(_issued.Terms("name"))).Code);
    }

    [Fact]
    public void An_attribute_that_the_licence_does_not_have_cannot_be_shown() =>
        Assert.Throws<ArgumentException>(() => _issued.Wallet.Present(_issued.Terms("salary")));

    [Fact]
    public void A_handed_over_credential_is_taken_only_with_the_issuers_signature()
    {
        var message = _issued.Prepared.Held.ToMessage();
        Assert.True(HeldCredential.TryFrom(message, out _));
        var credential = CredentialMessage.Parser.ParseFrom(message.Credential);
        var forged = credential.Signature.ToByteArray();
        forged[40] ^= 1;
        credential.Signature = ByteString.CopyFrom(forged);
        message.Credential = credential.ToByteString();
        Assert.False(HeldCredential.TryFrom(message, out _));
    }

    [Fact]
    public void A_handed_over_credential_is_taken_only_with_all_its_attributes()
    {
        var message = _issued.Prepared.Held.ToMessage();
        message.Disclosures.RemoveAt(0);
        Assert.False(HeldCredential.TryFrom(message, out _));
    }

    private GrantTerms Terms(params GrantedLicence[] items) => new(Issued.Office, items, "school-enrolment", "", _issued.Ledger.Now, _issued.Ledger.Now.Plus(60_000), 1);
}
