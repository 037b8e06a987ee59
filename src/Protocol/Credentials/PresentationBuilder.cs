using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>Makes presentations: a holder's side.</summary>
public static class PresentationBuilder
{
    /// <summary>
    /// Presents <paramref name="credential"/> to <paramref name="audience"/> for <paramref name="matter"/>, showing
    /// <paramref name="disclosures"/> (of <see cref="AttributeCommitment.Disclose"/>; may be empty). <paramref name="nonce"/>
    /// is the relying member's, or 16 random bytes. Throws <see cref="ArgumentException"/> where the key is not the holder's or a field is out of bounds.
    /// </summary>
    public static Presentation Sign(
        Credential credential, Sm2PublicKey issuerKey, IReadOnlyList<DisclosedAttribute> disclosures, OrganisationCode audience, string matter,
        ReadOnlySpan<byte> nonce, UnixTime time, GrantId? grant, Sm2PrivateKey holderKey)
    {
        if (!holderKey.PublicKey.Equals(credential.Statement.Holder)) throw new ArgumentException("The key is not the holder's.", nameof(holderKey));
        var fields = new PresentationFields(
            credential.Statement.Chain, credential.Hash, audience, matter, ByteString.CopyFrom(nonce), time, Presentation.HashDisclosures(disclosures), grant);
        var statement = fields.ToMessage().ToByteString();
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        holderKey.Sign(SigningContext.Presentation, statement.Span, signature);
        var message = new PresentationMessage
        {
            Credential = ByteString.CopyFrom(credential.Bytes.Span),
            Disclosures = { disclosures },
            Statement = statement,
            HolderSignature = ByteString.CopyFrom(signature),
            IssuerPublicKey = ByteString.CopyFrom(issuerKey.Encoded),
        };
        return Presentation.TryParse(message.ToByteArray(), out var presentation)
            ? presentation
            : throw new ArgumentException($"A matter has 1 to {PresentationFields.MaxMatterLength} characters, a nonce {PresentationFields.MinNonceSize} to {PresentationFields.MaxNonceSize} bytes.");
    }
}
