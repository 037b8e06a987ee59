namespace LicenceChain.Protocol.Licences;

/// <summary>Where a licence stands at an instant: its status and its validity together.</summary>
public enum LicenceStanding
{
    /// <summary>Never the result of an evaluation.</summary>
    Unspecified = 0,

    /// <summary>Valid at that instant.</summary>
    Valid = 1,

    /// <summary>Its validity begins later.</summary>
    NotYetValid = 2,

    /// <summary>Suspended by its issuer; may be resumed.</summary>
    Suspended = 3,

    /// <summary>Revoked by its issuer, for good.</summary>
    Revoked = 4,

    /// <summary>Its validity has ended.</summary>
    Expired = 5,
}
