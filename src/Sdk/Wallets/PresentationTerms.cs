using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Wallets;

/// <summary>To whom and for what a credential is presented, and what is shown of it.</summary>
/// <param name="Licence">Which licence.</param>
/// <param name="Audience">The organisation it is presented to: nobody else can use it.</param>
/// <param name="Matter">For which matter.</param>
/// <param name="Attributes">Names of the attributes to show; none is allowed.</param>
/// <param name="Time">When.</param>
public sealed record PresentationTerms(LicenceId Licence, OrganisationCode Audience, string Matter, IReadOnlyCollection<string> Attributes, UnixTime Time)
{
    /// <summary>The relying member's nonce, 16 to 64 bytes; empty: a random one.</summary>
    public ByteString Nonce { get; init; } = ByteString.Empty;

    /// <summary>The grant under which it is presented, where there is one.</summary>
    public GrantId? Grant { get; init; }
}
