using LicenceChain.Node.Configuration;

namespace LicenceChain.Cli.Up;

/// <summary>Says what stands at a network directory's place. Whatever does not bear the marks of one of ours is never written to nor deleted.</summary>
internal static class DataDirectory
{
    // Together they mark a directory of ours: NetworkInit moves a directory into place only when all of them stand in it.
    private static readonly string[] Marks = ["network.json", "genesis.json", "anchor.json", "passphrase"];

    /// <summary>What stands at <paramref name="path"/>; a foreign or unreadable thing is refused with a message that says what to do.</summary>
    public static DirectoryState Inspect(string path)
    {
        try
        {
            if (File.Exists(path)) throw CommandFailure.BadInput($"'{path}' is a file. Name a folder with --dir.");
            if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return DirectoryState.Absent;
            if (NetworkDirectory.Exists(path) && Marks.All(mark => File.Exists(Path.Combine(path, mark)))) return DirectoryState.Ours;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"'{path}' cannot be read: {failure.Message}");
        }

        throw CommandFailure.BadInput($"'{path}' holds something else than a LicenceChain network, and was not touched. Name another folder with --dir.");
    }
}
