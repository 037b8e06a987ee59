using Google.Protobuf;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Authorisations;

public sealed class RevokeTests
{
    private readonly TestChain _chain = TestChain.WithLicence();
    private readonly GrantId _grant;

    public RevokeTests()
    {
        var grant = Samples.Signed(Samples.Grant(_chain.Now));
        _chain.MustRun(Cast.Verifier, "authorisations", "grant", grant);
        _grant = Samples.IdOf(grant);
    }

    [Fact]
    public void Holder_revokes_a_grant_through_any_verifier()
    {
        var receipt = _chain.MustRun(Cast.JiangsuVerifier, "authorisations", "revoke", Samples.Revocation(_grant));
        Assert.Equal("grant.revoked", Assert.Single(receipt.Events).Type);
        Assert.Equal(GrantStatus.Revoked, _chain.Find(StateKeys.Grant(_grant), GrantRecord.Parser)!.Status);
    }

    [Fact]
    public void Grant_is_revoked_once()
    {
        _chain.MustRun(Cast.Verifier, "authorisations", "revoke", Samples.Revocation(_grant));
        _chain.Refuses(AuthorisationCodes.Revoked, Cast.Verifier, "authorisations", "revoke", Samples.Revocation(_grant));
    }

    [Fact]
    public void Nobody_but_the_holder_revokes() =>
        _chain.Refuses(AuthorisationCodes.OtherHolder, Cast.Verifier, "authorisations", "revoke", Samples.Revocation(_grant, Cast.OtherHolder));

    [Fact]
    public void Unknown_grant_cannot_be_revoked() =>
        _chain.Refuses(AuthorisationCodes.UnknownGrant, Cast.Verifier, "authorisations", "revoke", Samples.Revocation(new GrantId(Sm3.Hash([1]))));

    [Fact]
    public void Revocation_is_signed_for_this_chain_and_this_purpose()
    {
        var wrongPurpose = Samples.Revocation(_grant);
        wrongPurpose.HolderSignature = ByteString.CopyFrom(Cast.Holder.Sign(SigningContext.Grant, wrongPurpose.Statement.Span));
        _chain.Refuses(AuthorisationCodes.BadSignature, Cast.Verifier, "authorisations", "revoke", wrongPurpose);
        var otherChain = Samples.Revocation(_grant);
        otherChain.Statement = new GrantRevocation { ChainId = "other-chain", GrantId = ByteString.CopyFrom(_grant.Value.Span) }.ToByteString();
        _chain.Refuses(AuthorisationCodes.BadStatement, Cast.Verifier, "authorisations", "revoke", otherChain);
    }
}
