using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Wallets;

/// <summary>A credential with all its attributes, as its holder keeps it: the issuer's signature and the commitment were checked.</summary>
public sealed class HeldCredential
{
    private HeldCredential(Credential credential, Sm2PublicKey issuerKey, AttributeCommitment attributes)
    {
        Credential = credential;
        IssuerKey = issuerKey;
        Attributes = attributes;
    }

    /// <summary>What the issuer signed.</summary>
    public Credential Credential { get; }

    /// <summary>The key it is signed with.</summary>
    public Sm2PublicKey IssuerKey { get; }

    /// <summary>The salted attributes. Personal data.</summary>
    public AttributeCommitment Attributes { get; }

    /// <summary>The licence.</summary>
    public LicenceId Licence => Credential.Statement.Licence;

    /// <summary>Puts together what belongs together; throws <see cref="ArgumentException"/> where it does not.</summary>
    public static HeldCredential Of(Credential credential, Sm2PublicKey issuerKey, AttributeCommitment attributes)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(issuerKey);
        ArgumentNullException.ThrowIfNull(attributes);
        return Fits(credential, attributes) && issuerKey.Id == credential.Statement.IssuerKey
            ? new HeldCredential(credential, issuerKey, attributes)
            : throw new ArgumentException("Credential, key and attributes do not belong together.", nameof(credential));
    }

    /// <summary>Takes what an issuer or a file gave; false unless signature and commitment are right.</summary>
    public static bool TryFrom(WalletCredentialMessage message, [NotNullWhen(true)] out HeldCredential? held)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TryRestore(message, out held) || held.Credential.VerifyIssuer(held.IssuerKey)) return held is not null;
        held = null;
        return false;
    }

    /// <summary>As it is handed over and stored.</summary>
    public WalletCredentialMessage ToMessage() => new()
    {
        Credential = ByteString.CopyFrom(Credential.Bytes.Span),
        IssuerPublicKey = ByteString.CopyFrom(IssuerKey.Encoded),
        Disclosures = { Attributes.Disclosures },
    };

    /// <summary>As <see cref="TryFrom"/> but for the issuer's signature, for what was checked before and kept unchanged since.</summary>
    internal static bool TryRestore(WalletCredentialMessage message, [NotNullWhen(true)] out HeldCredential? held)
    {
        held = Credential.TryParse(message.Credential.Span, out var credential)
            && Sm2PublicKey.TryParse(message.IssuerPublicKey.Span, out var issuerKey)
            && issuerKey.Id == credential.Statement.IssuerKey
            && AttributeCommitment.TryFromDisclosures(message.Disclosures, out var attributes)
            && Fits(credential, attributes)
            ? new HeldCredential(credential, issuerKey, attributes)
            : null;
        return held is not null;
    }

    private static bool Fits(Credential credential, AttributeCommitment attributes) =>
        attributes.Root == credential.Statement.Commitment && attributes.Count == credential.Statement.AttributeCount;
}
