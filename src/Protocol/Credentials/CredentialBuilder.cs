using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>Signs credentials.</summary>
public static class CredentialBuilder
{
    /// <summary>Signs <paramref name="statement"/>; throws <see cref="ArgumentException"/> where it names another key or a field is out of bounds.</summary>
    public static Credential Sign(CredentialFields statement, Sm2PrivateKey issuerKey)
    {
        if (issuerKey.PublicKey.Id != statement.IssuerKey) throw new ArgumentException("The statement names another issuer key.", nameof(statement));
        var bytes = statement.ToMessage().ToByteString();
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        issuerKey.Sign(SigningContext.Credential, bytes.Span, signature);
        var message = new CredentialMessage { Statement = bytes, Signature = ByteString.CopyFrom(signature) };
        return Credential.TryParse(message.ToByteArray(), out var credential) ? credential : throw new ArgumentException("A field of the statement is out of bounds.", nameof(statement));
    }
}
