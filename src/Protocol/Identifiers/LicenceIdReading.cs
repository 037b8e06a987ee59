namespace LicenceChain.Protocol.Identifiers;

/// <summary>How a licence identifier was read.</summary>
public enum LicenceIdReading
{
    /// <summary>Never the result of a reading.</summary>
    Unspecified = 0,

    /// <summary>As GB/T 36904 has it, check and issuer included: what we mint.</summary>
    Strict = 1,

    /// <summary>A form that deployed systems issue: the variant check, or a short area code for the issuer. Reason code <c>LEGACY_VARIANT</c>.</summary>
    LegacyVariant = 2,

    /// <summary>No licence identifier.</summary>
    Invalid = 3,
}
