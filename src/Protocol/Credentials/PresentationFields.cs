using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Credentials;

/// <summary>What a holder states when presenting a credential.</summary>
/// <param name="Chain">The chain that holds the licence.</param>
/// <param name="CredentialHash">SM3 of the credential presented.</param>
/// <param name="Audience">The organisation it is presented to.</param>
/// <param name="Matter">Code of the matter it is presented for, 1 to 64 characters.</param>
/// <param name="Nonce">16 to 64 bytes: the relying member's where it gave some, else random.</param>
/// <param name="Time">When.</param>
/// <param name="DisclosuresHash">Binds the disclosures, see <see cref="Presentation.HashDisclosures"/>.</param>
/// <param name="Grant">The grant under which it is presented; null: none.</param>
public sealed record PresentationFields(
    ChainId Chain, Hash256 CredentialHash, OrganisationCode Audience, string Matter, ByteString Nonce, UnixTime Time, Hash256 DisclosuresHash, GrantId? Grant)
{
    /// <summary>Shortest nonce in bytes.</summary>
    public const int MinNonceSize = 16;

    /// <summary>Longest nonce in bytes.</summary>
    public const int MaxNonceSize = 64;

    /// <summary>Longest matter code in characters.</summary>
    public const int MaxMatterLength = 64;

    /// <summary>Reads a statement; false where a field is missing or out of bounds.</summary>
    internal static bool TryFrom(PresentationStatement message, [NotNullWhen(true)] out PresentationFields? fields)
    {
        fields = null;
        if (!ChainId.TryParse(message.ChainId, out var chain) || !OrganisationCode.TryParse(message.Audience, out var audience)) return false;
        if (!Hash256.TryFrom(message.CredentialHash.Span, out var credential) || !Hash256.TryFrom(message.DisclosuresHash.Span, out var disclosures)) return false;
        if (message.Matter.Length is 0 or > MaxMatterLength || message.Nonce.Length is < MinNonceSize or > MaxNonceSize) return false;
        GrantId? grant = null;
        if (!message.GrantId.IsEmpty)
        {
            if (!GrantId.TryFrom(message.GrantId.Span, out var id)) return false;
            grant = id;
        }
        fields = new PresentationFields(chain, credential, audience, message.Matter, message.Nonce, new UnixTime(message.TimeMs), disclosures, grant);
        return true;
    }

    /// <summary>The statement as it is signed.</summary>
    internal PresentationStatement ToMessage() => new()
    {
        ChainId = Chain.Value,
        CredentialHash = ByteString.CopyFrom(CredentialHash.Span),
        Audience = Audience.Value,
        Matter = Matter,
        Nonce = Nonce,
        TimeMs = Time.Milliseconds,
        DisclosuresHash = ByteString.CopyFrom(DisclosuresHash.Span),
        GrantId = Grant is { } grant ? ByteString.CopyFrom(grant.Value.Span) : ByteString.Empty,
    };
}
