using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>An issuer's signed statement of a licence, with its exact bytes. Well-formed; the signature counts once <see cref="VerifyIssuer"/> said so.</summary>
public sealed class Credential
{
    /// <summary>Largest credential in bytes: about 450, with room for long codes.</summary>
    public const int MaxBytes = 1024;

    private readonly CredentialMessage _message;

    private Credential(ReadOnlyMemory<byte> bytes, CredentialMessage message, CredentialFields statement)
    {
        Bytes = bytes;
        _message = message;
        Statement = statement;
        Hash = Sm3.Hash(bytes.Span);
    }

    /// <summary>The exact encoding of <see cref="CredentialMessage"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>What the issuer states.</summary>
    public CredentialFields Statement { get; }

    /// <summary>SM3 of the encoding: what the chain records.</summary>
    public Hash256 Hash { get; }

    /// <summary>Parses a credential that somebody sent; false unless it is canonical and every field is in bounds. The bytes are copied.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Credential? credential)
    {
        credential = null;
        if (!CanonicalProto.TryParse(CredentialMessage.Parser, bytes, MaxBytes, out var message) || message.Signature.Length != Sm2Signature.Size) return false;
        if (!CanonicalProto.TryParse(CredentialStatement.Parser, message.Statement.Span, MaxBytes, out var statement)) return false;
        if (!CredentialFields.TryFrom(statement, out var fields)) return false;
        credential = new Credential(bytes.ToArray(), message, fields);
        return true;
    }

    /// <summary>True when <paramref name="issuerKey"/> is the key that the statement names and its signature is right. Whether that key may issue is the chain's to say.</summary>
    public bool VerifyIssuer(Sm2PublicKey issuerKey) =>
        issuerKey.Id == Statement.IssuerKey && issuerKey.Verify(SigningContext.Credential, _message.Statement.Span, _message.Signature.Span);
}
