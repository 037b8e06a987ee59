using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>What an issuer states of a licence. No attribute value stands in it.</summary>
/// <param name="Chain">The chain that holds the licence.</param>
/// <param name="Licence">The licence.</param>
/// <param name="Type">Catalogue code of its type, 1 to 64 characters.</param>
/// <param name="Issuer">The issuing organisation.</param>
/// <param name="IssuerKey">The key that signs the statement.</param>
/// <param name="Holder">The holder's key.</param>
/// <param name="Commitment">Root of the <see cref="AttributeCommitment"/>.</param>
/// <param name="AttributeCount">Number of attributes under it, 1 to 64.</param>
/// <param name="ValidFrom">First instant at which it is valid.</param>
/// <param name="ValidUntil">First instant at which it is no longer valid; 0: no end.</param>
/// <param name="Version">1 or more.</param>
public sealed record CredentialFields(
    ChainId Chain, LicenceId Licence, string Type, OrganisationCode Issuer, KeyId IssuerKey, Sm2PublicKey Holder,
    Hash256 Commitment, int AttributeCount, UnixTime ValidFrom, UnixTime ValidUntil, uint Version)
{
    /// <summary>Longest catalogue code in characters.</summary>
    public const int MaxTypeLength = 64;

    /// <summary>What stands for the holder on the chain.</summary>
    public Hash256 HolderTag => Credentials.HolderTag.Of(Holder);

    /// <summary>Reads a statement; false where a field is missing or out of bounds.</summary>
    internal static bool TryFrom(CredentialStatement message, [NotNullWhen(true)] out CredentialFields? fields)
    {
        fields = null;
        if (!ChainId.TryParse(message.ChainId, out var chain) || !LicenceId.TryParseStrict(message.LicenceId, out var licence)) return false;
        if (message.Type.Length is 0 or > MaxTypeLength || !OrganisationCode.TryParse(message.Issuer, out var issuer)) return false;
        if (!KeyId.TryFrom(message.IssuerKeyId.Span, out var issuerKey) || !Sm2PublicKey.TryParse(message.HolderPublicKey.Span, out var holder)) return false;
        if (!Hash256.TryFrom(message.Commitment.Span, out var commitment) || commitment.IsZero) return false;
        if (message.AttributeCount is 0 or > AttributeCommitment.MaxAttributes || message.Version == 0) return false;
        if (message.ValidUntilMs != 0 && message.ValidUntilMs <= message.ValidFromMs) return false;
        fields = new CredentialFields(chain, licence, message.Type, issuer, issuerKey, holder, commitment, (int)message.AttributeCount,
            new UnixTime(message.ValidFromMs), new UnixTime(message.ValidUntilMs), message.Version);
        return true;
    }

    /// <summary>The statement as it is signed.</summary>
    internal CredentialStatement ToMessage() => new()
    {
        ChainId = Chain.Value,
        LicenceId = Licence.Value,
        Type = Type,
        Issuer = Issuer.Value,
        IssuerKeyId = ByteString.CopyFrom(IssuerKey.Value.Span),
        HolderPublicKey = ByteString.CopyFrom(Holder.Encoded),
        Commitment = ByteString.CopyFrom(Commitment.Span),
        AttributeCount = (uint)AttributeCount,
        ValidFromMs = ValidFrom.Milliseconds,
        ValidUntilMs = ValidUntil.Milliseconds,
        Version = Version,
    };
}
