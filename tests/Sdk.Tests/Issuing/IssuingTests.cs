using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Tests.Support;

namespace LicenceChain.Sdk.Tests.Issuing;

public sealed class IssuingTests
{
    private readonly Issued _issued = new();

    [Fact]
    public void Chain_vault_and_holder_get_what_belongs_together()
    {
        var prepared = _issued.Prepared;
        Assert.True(Credential.TryParse(prepared.Deposit.Credential.Span, out var credential));
        Assert.True(AttributeCommitment.TryFromDisclosures(prepared.Deposit.Disclosures, out var commitment));
        Assert.Equal(credential.Hash.ToArray(), prepared.Argument.CredentialHash.ToByteArray());
        Assert.Equal(commitment.Root.ToArray(), prepared.Argument.Commitment.ToByteArray());
        Assert.Equal(_issued.Wallet.HolderTag.ToArray(), prepared.Argument.HolderTag.ToByteArray());
        Assert.True(credential.VerifyIssuer(_issued.IssuerKey.PublicKey));
    }

    [Fact]
    public void Nothing_personal_goes_to_the_chain()
    {
        var text = System.Text.Encoding.UTF8.GetString(Google.Protobuf.MessageExtensions.ToByteArray(_issued.Prepared.Argument));
        Assert.DoesNotContain("高娟然", text, StringComparison.Ordinal);
        Assert.DoesNotContain("高娟然", _issued.Prepared.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_attributes_have_another_commitment_each_time() =>
        Assert.NotEqual(_issued.Prepared.Argument.Commitment, new Issued().Prepared.Argument.Commitment);

    [Fact]
    public void Each_transaction_names_its_method_and_is_signed()
    {
        var factory = new TransactionFactory(Ledger.Chain, _issued.IssuerKey);
        var until = new Height(9);
        var made = new[]
        {
            factory.RegisterLicenceType(new LicenceTypeRecord(), until), factory.Issue(_issued.Prepared.Argument, until), factory.IssueBatch([_issued.Prepared.Argument], until),
            factory.Suspend("x", "lost", until), factory.Resume("x", "found", until), factory.Revoke("x", "fraud", until),
            factory.RegisterGrant(new RegisterGrant(), until), factory.RevokeGrant(new RevokeGrant(), until), factory.Consume(new ConsumeGrant(), until),
            factory.RegisterMatter(new MatterRecord(), until), factory.ProposeAgreement(new AgreementDocument(), until), factory.AcceptAgreement(new AgreementDocument(), until),
            factory.AnchorCheckpoint(new AnchorCheckpoint(), until),
        };
        Assert.Equal(
            ["catalogue.register", "licences.issue", "licences.issueBatch", "licences.suspend", "licences.resume", "licences.revoke", "authorisations.grant", "authorisations.revoke",
                "authorisations.consume", "recognition.registerMatter", "recognition.propose", "recognition.accept", "access.checkpoint"],
            made.Select(t => $"{t.Contract}.{t.Method}"));
        Assert.All(made, t => Assert.True(t.VerifySignature(_issued.IssuerKey.PublicKey)));
    }

    [Fact]
    public void The_same_call_twice_is_two_transactions()
    {
        var factory = new TransactionFactory(Ledger.Chain, _issued.IssuerKey);
        Assert.NotEqual(factory.Revoke("x", "fraud", new Height(9)).Id, factory.Revoke("x", "fraud", new Height(9)).Id);
    }
}
