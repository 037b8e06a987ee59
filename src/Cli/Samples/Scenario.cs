namespace LicenceChain.Cli.Samples;

/// <summary>Why a sample request succeeds or fails (network-config/samples/README.md).</summary>
internal enum Scenario
{
    Unspecified = 0,
    Granted,
    NoGrant,
    GrantExpired,
    GrantRevoked,
    GrantUsedUp,
    WrongMatter,
    AttributeNotGranted,
    OverAsk,
    TypeNotRecognised,
    Tampered,
    UnknownLicence,
    RequesterNotAMember,
    LicenceRevoked,
    LicenceSuspended,
    LicenceExpired,
}
