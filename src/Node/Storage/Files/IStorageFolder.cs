namespace LicenceChain.Node.Storage.Files;

/// <summary>
/// A folder of record files: what the stores ask of a disk and no more, so that a simulated disk can stand in. The access log's <c>ILogFiles</c> is not it: there a file
/// is named once and stays, here names come, move and go, and each of those is its own crash point. Failures are <see cref="IOException"/>: a full disk among them.
/// </summary>
internal interface IStorageFolder
{
    /// <summary>How messages call the file, its path; the folder itself for the empty name.</summary>
    string Describe(string name);

    /// <summary>Names that end with <paramref name="suffix"/>, in ordinal order.</summary>
    IReadOnlyList<string> Names(string suffix);

    /// <summary>True when there is a file of that name.</summary>
    bool Exists(string name);

    /// <summary>Opens a file, made empty when there is none; its name is durable after <see cref="FlushNames"/>. The caller disposes it and holds it alone.</summary>
    IStorageFile Open(string name);

    /// <summary>Renames, replacing a file of the new name: a crash leaves one or the other. Durable after <see cref="FlushNames"/>.</summary>
    void Move(string from, string to);

    /// <summary>Removes a file; nothing when there is none. Durable after <see cref="FlushNames"/>.</summary>
    void Delete(string name);

    /// <summary>Returns once every name made, moved or removed is on the disk. A file's own flush does not cover its name.</summary>
    void FlushNames();
}
