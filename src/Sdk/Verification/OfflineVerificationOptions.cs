using LicenceChain.Protocol.Credentials;

namespace LicenceChain.Sdk.Verification;

/// <summary>What an offline verification demands.</summary>
public sealed class OfflineVerificationOptions
{
    /// <summary>Oldest header taken, in milliseconds. Default ten minutes: the chain certifies one a minute at least (C-TIMER's heartbeat).</summary>
    public ulong MaxProofAgeMilliseconds { get; init; } = 600_000;

    /// <summary>How far the header's time may lie ahead of the clock, in milliseconds. Default one minute.</summary>
    public ulong MaxAheadMilliseconds { get; init; } = 60_000;

    /// <summary>
    /// What the presentation must meet (audience, matter, nonce, age). Null: it is judged as what it is, made when and for whom it says — right for one
    /// who checks somebody else's bundle later.
    /// </summary>
    public PresentationExpectation? Expectation { get; init; }
}
