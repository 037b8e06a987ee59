using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Issuing;

/// <summary>Makes the credential, the commitment and the deposit of a licence with one issuing officer's key. The key stays the caller's. Safe for concurrent use.</summary>
public sealed class IssuancePreparer
{
    private readonly ChainId _chain;
    private readonly OrganisationCode _issuer;
    private readonly Sm2PrivateKey _issuerKey;

    /// <summary>A preparer for licences that <paramref name="issuer"/> issues, signed with <paramref name="issuerKey"/> (role ISSUE).</summary>
    public IssuancePreparer(ChainId chain, OrganisationCode issuer, Sm2PrivateKey issuerKey)
    {
        ArgumentNullException.ThrowIfNull(issuerKey);
        _chain = chain;
        _issuer = issuer;
        _issuerKey = issuerKey;
    }

    /// <summary>Salts and commits to the attributes and signs the credential.</summary>
    /// <exception cref="ArgumentException">An attribute or a field is out of bounds.</exception>
    public PreparedLicence Prepare(LicenceApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var commitment = AttributeCommitment.Create([.. application.Attributes.Select(a => new SaltedValue(a.Key, a.Value, NewSalt()))]);
        var statement = new CredentialFields(
            _chain, application.Licence, application.Type, _issuer, _issuerKey.PublicKey.Id, application.Holder,
            commitment.Root, commitment.Count, application.ValidFrom, application.ValidUntil, (uint)application.Licence.Version);
        var credential = CredentialBuilder.Sign(statement, _issuerKey);

        var argument = new IssueLicence
        {
            Id = application.Licence.Value,
            Type = application.Type,
            HolderTag = ByteString.CopyFrom(statement.HolderTag.Span),
            Commitment = ByteString.CopyFrom(commitment.Root.Span),
            CredentialHash = ByteString.CopyFrom(credential.Hash.Span),
            ValidFromMs = application.ValidFrom.Milliseconds,
            ValidUntilMs = application.ValidUntil.Milliseconds,
        };
        var deposit = new VaultDeposit { Credential = ByteString.CopyFrom(credential.Bytes.Span), Disclosures = { commitment.Disclosures } };
        return new PreparedLicence(argument, deposit, HeldCredential.Of(credential, _issuerKey.PublicKey, commitment));
    }

    private static AttributeSalt NewSalt()
    {
        Span<byte> salt = stackalloc byte[AttributeSalt.Size];
        RandomNumberGenerator.Fill(salt);
        return AttributeSalt.From(salt);
    }
}
