namespace LicenceChain.Node.Storage.Files;

/// <summary>
/// A data directory and the folders in it, by paths with '/' between: what snapshots and joining ask of a disk beside files, so that a simulated disk can stand in.
/// Failures are <see cref="IOException"/>.
/// </summary>
internal interface IStorageTree
{
    /// <summary>How messages call a folder or file, its path; the directory itself for the empty path.</summary>
    string Describe(string path);

    /// <summary>True when there is a file or folder there.</summary>
    bool Holds(string path);

    /// <summary>Names of the folders in a folder, in ordinal order; none where it is not there.</summary>
    IReadOnlyList<string> Folders(string path);

    /// <summary>A folder to be read; it is not made.</summary>
    IStorageFolder Look(string path);

    /// <summary>A folder to be written. Where it is not there it is made, with those above it, and its name is on the disk on return.</summary>
    IStorageFolder Make(string path);

    /// <summary>Moves a folder, or a file over the one that is there: a crash leaves it here or there, whole. Durable once the names of the folder above <paramref name="to"/> are flushed.</summary>
    void Move(string from, string to);

    /// <summary>Removes a folder with all in it; nothing when there is none. A crash may leave some of it.</summary>
    void Delete(string path);

    /// <summary>Returns once every name made, moved or removed in a folder is on the disk.</summary>
    void FlushNames(string path);
}
