namespace LicenceChain.Node;

/// <summary>The disk did not take what had to be written: it is full, or it failed. The node stops, and starts again over the same folder once the disk takes writes.</summary>
public sealed class StorageFaultException : NodeFaultException
{
    // ENOSPC, EDQUOT, EFBIG; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] FullCodes = [28, 122, 27, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private StorageFaultException(string message, bool isFull, Exception innerException)
        : base(message, innerException) => IsFull = isFull;

    /// <summary>True when there is no room; false when the disk failed otherwise.</summary>
    public bool IsFull { get; }

    /// <summary>A write or flush of <paramref name="path"/> failed.</summary>
    public static StorageFaultException At(string path, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return At(path, Array.IndexOf(FullCodes, cause.HResult) >= 0, cause);
    }

    /// <summary>As above, where the caller knows whether the disk is full.</summary>
    public static StorageFaultException At(string path, bool isFull, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var message = isFull
            ? $"{path} cannot be written: the disk is full. Nothing that was acknowledged is lost. Make room (licencechain node archive moves old blocks away) and start the node again: it catches up by itself."
            : $"{path} cannot be written: {cause.Message} Nothing that was acknowledged is lost. Look at the disk and the system's log, then start the node again: it catches up by itself.";
        return new StorageFaultException(message, isFull, cause);
    }
}
