using LicenceChain.Hosting.Files;

namespace LicenceChain.Node.Signing;

/// <summary>
/// C-RESTART: remembers beside the keystore that its key has voted. Whoever empties the data directory takes the vote log with it; the key is still the one that voted, so
/// the log counts as lost rather than as new.
/// </summary>
internal sealed class UsedKeystore(string keystorePath)
{
    private readonly string _path = Path.GetFullPath(keystorePath) + ".voted";

    /// <summary>True when a node has voted with a key of this keystore.</summary>
    public bool HasVoted => File.Exists(_path);

    /// <summary>Durable at return.</summary>
    public void NoteFirstVote()
    {
        if (HasVoted) return;
        AtomicFile.Write(_path, "A node has voted with a key of this keystore. Without its vote log it must not vote again (docs/operations).\n"u8);
    }
}
