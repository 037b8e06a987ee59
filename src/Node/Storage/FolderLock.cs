namespace LicenceChain.Node.Storage;

/// <summary>Keeps a second process out of a node's data.</summary>
internal static class FolderLock
{
    /// <summary>Takes the lock until it is disposed; throws <see cref="NodeFaultException"/> when another process has it.</summary>
    public static IDisposable Take(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new NodeFaultException($"{directory} is in use by another node, or cannot be written.", e);
        }
    }
}
