using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Authorisations;

/// <summary>A holder's signature inside a transaction that a member relays.</summary>
internal static class HolderSignature
{
    /// <summary>Verifies the signature over <paramref name="statement"/>; then <paramref name="tag"/> is whose it is.</summary>
    public static bool TryVerify(
        SigningContext context, ByteString statement, ByteString publicKey, ByteString signature, out Hash256 tag, [NotNullWhen(false)] out Refusal? refusal)
    {
        var ok = Sm2PublicKey.TryParse(publicKey.Span, out var key) && key.Verify(context, statement.Span, signature.Span);
        tag = ok ? HolderTag.Of(key!) : default;
        refusal = ok ? null : new Refusal(AuthorisationCodes.BadSignature, "holder_signature is not holder_public_key's over the statement.");
        return ok;
    }
}
