using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Sdk.Issuing;

/// <summary>
/// Signs calls of every contract method for one chain with one key, each under a fresh random id. Whether the key may call the method is the
/// chain's to say. The key stays the caller's. Safe for concurrent use.
/// </summary>
public sealed class TransactionFactory
{
    private readonly ChainId _chain;
    private readonly Sm2PrivateKey _key;

    /// <summary>A factory that signs for <paramref name="chain"/> with <paramref name="key"/>.</summary>
    public TransactionFactory(ChainId chain, Sm2PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _chain = chain;
        _key = key;
    }

    /// <summary><c>catalogue.register</c>: a new licence type, or the next version of one. Key role GOVERN.</summary>
    public SignedTransaction RegisterLicenceType(LicenceTypeRecord type, Height validUntil) =>
        Sign("catalogue", "register", new RegisterLicenceType { Type = type }, validUntil);

    /// <summary><c>licences.issue</c>. Key role ISSUE of the licence's issuer.</summary>
    public SignedTransaction Issue(IssueLicence licence, Height validUntil) => Sign("licences", "issue", licence, validUntil);

    /// <summary><c>licences.issueBatch</c>: all or none. Key role ISSUE of the licences' issuer.</summary>
    public SignedTransaction IssueBatch(IEnumerable<IssueLicence> licences, Height validUntil)
    {
        var batch = new IssueLicences();
        batch.Licences.AddRange(licences);
        return Sign("licences", "issueBatch", batch, validUntil);
    }

    /// <summary><c>licences.suspend</c>; the reason is a code, never text about a person.</summary>
    public SignedTransaction Suspend(string licence, string reason, Height validUntil) => Change("suspend", licence, reason, validUntil);

    /// <summary><c>licences.resume</c>, of a suspended licence.</summary>
    public SignedTransaction Resume(string licence, string reason, Height validUntil) => Change("resume", licence, reason, validUntil);

    /// <summary><c>licences.revoke</c>; there is no way back.</summary>
    public SignedTransaction Revoke(string licence, string reason, Height validUntil) => Change("revoke", licence, reason, validUntil);

    /// <summary><c>authorisations.grant</c>: relays what a holder signed. Key role VERIFY.</summary>
    public SignedTransaction RegisterGrant(RegisterGrant grant, Height validUntil) => Sign("authorisations", "grant", grant, validUntil);

    /// <summary><c>authorisations.revoke</c>: relays what a holder signed. Key role VERIFY.</summary>
    public SignedTransaction RevokeGrant(RevokeGrant revocation, Height validUntil) => Sign("authorisations", "revoke", revocation, validUntil);

    /// <summary><c>authorisations.consume</c>: one use of a grant, by its grantee. Key role VERIFY.</summary>
    public SignedTransaction Consume(ConsumeGrant use, Height validUntil) => Sign("authorisations", "consume", use, validUntil);

    /// <summary><c>recognition.registerMatter</c>. Key role GOVERN of a member that speaks for the matter's region.</summary>
    public SignedTransaction RegisterMatter(MatterRecord matter, Height validUntil) =>
        Sign("recognition", "registerMatter", new RegisterMatter { Matter = matter }, validUntil);

    /// <summary><c>recognition.propose</c>. Key role GOVERN.</summary>
    public SignedTransaction ProposeAgreement(AgreementDocument document, Height validUntil) =>
        Sign("recognition", "propose", new ProposeAgreement { Document = document }, validUntil);

    /// <summary><c>recognition.accept</c>: for the signer's region, exactly the document that was read. Key role GOVERN.</summary>
    public SignedTransaction AcceptAgreement(AgreementDocument document, Height validUntil)
    {
        ArgumentNullException.ThrowIfNull(document);
        var hash = Sm3.Hash(document.ToByteArray());
        return Sign("recognition", "accept", new AcceptAgreement { Name = document.Name, DocumentHash = ByteString.CopyFrom(hash.Span) }, validUntil);
    }

    /// <summary><c>access.checkpoint</c>: anchors an access log. Key role SERVICE.</summary>
    public SignedTransaction AnchorCheckpoint(AnchorCheckpoint checkpoint, Height validUntil) => Sign("access", "checkpoint", checkpoint, validUntil);

    /// <summary>Any call, for a method that this library does not know yet.</summary>
    public SignedTransaction Sign(string contract, string method, IMessage arguments, Height validUntil)
    {
        Span<byte> uniqueId = stackalloc byte[SignedTransaction.UniqueIdSize];
        RandomNumberGenerator.Fill(uniqueId);
        return TransactionBuilder.Sign(_chain, contract, method, arguments, _key, validUntil, uniqueId);
    }

    private SignedTransaction Change(string method, string licence, string reason, Height validUntil) =>
        Sign("licences", method, new ChangeLicenceStatus { Id = licence, Reason = reason }, validUntil);
}
