namespace LicenceChain.Node.Configuration;

/// <summary>A network directory that cannot be made or read. The message says which file and what to do.</summary>
public sealed class NetworkDirectoryException : Exception
{
    /// <summary>With a message for the operator.</summary>
    public NetworkDirectoryException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the operator and what led to it.</summary>
    public NetworkDirectoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
