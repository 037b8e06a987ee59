namespace LicenceChain.Verifier.Configuration;

/// <summary>A configuration that cannot be used; the message names the setting and what would do.</summary>
public sealed class VerifierConfigurationException : Exception
{
    /// <summary>With a message for the operator.</summary>
    public VerifierConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the operator and what led to it.</summary>
    public VerifierConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
