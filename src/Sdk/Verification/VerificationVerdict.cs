namespace LicenceChain.Sdk.Verification;

/// <summary>What a verification came to.</summary>
public enum VerificationVerdict
{
    /// <summary>Never the outcome of a verification.</summary>
    Unspecified = 0,

    /// <summary>Everything was proven.</summary>
    Valid = 1,

    /// <summary>Something is wrong; the code says what.</summary>
    NotValid = 2,

    /// <summary>What was shown does not suffice to say; the code says what is missing, the time as of when it is known.</summary>
    Undetermined = 3,
}
