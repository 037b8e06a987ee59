namespace LicenceChain.Cli.Clients;

/// <summary>Reads the passphrase that opens keystores and wallets. Never from the command line itself: other users see that.</summary>
internal static class Passphrase
{
    /// <summary>The first line of <paramref name="file"/>; by default of the network directory's own.</summary>
    public static string Read(string? file, string directory)
    {
        var path = file ?? Path.Combine(directory, "passphrase");
        try
        {
            return File.ReadLines(path).FirstOrDefault() is { Length: > 0 } line ? line : throw CommandFailure.BadInput($"'{path}' holds no passphrase on its first line.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"The passphrase file '{path}' cannot be read. Name one with --passphrase-file.");
        }
    }
}
