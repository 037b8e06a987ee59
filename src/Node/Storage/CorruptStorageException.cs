namespace LicenceChain.Node.Storage;

/// <summary>What stands on the disk is not what was written. The node stops: damaged data is never served.</summary>
public sealed class CorruptStorageException : Exception
{
    /// <summary>Says which file, where, and what to do.</summary>
    public CorruptStorageException(string message)
        : base(message)
    {
    }

    /// <summary>As above, with the cause.</summary>
    public CorruptStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
