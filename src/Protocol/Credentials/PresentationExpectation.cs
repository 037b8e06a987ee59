using Google.Protobuf;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Credentials;

/// <summary>What a relying member demands of a presentation.</summary>
/// <param name="Chain">The chain it follows.</param>
/// <param name="Audience">Itself.</param>
/// <param name="Now">Its time.</param>
public sealed record PresentationExpectation(ChainId Chain, OrganisationCode Audience, UnixTime Now)
{
    /// <summary>The matter at hand; null: any.</summary>
    public string? Matter { get; init; }

    /// <summary>The nonce it gave; empty: it gave none.</summary>
    public ByteString Nonce { get; init; } = ByteString.Empty;

    /// <summary>Oldest presentation taken, in milliseconds. Five minutes: time for a person to hand over a phone.</summary>
    public ulong MaxAgeMilliseconds { get; init; } = 300_000;

    /// <summary>How far ahead the holder's clock may run, in milliseconds.</summary>
    public ulong MaxAheadMilliseconds { get; init; } = 60_000;
}
