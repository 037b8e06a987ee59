namespace LicenceChain.Contracts.Tests.Support;

/// <summary>Where the repository's own files stand.</summary>
internal static class Repository
{
    public static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "LicenceChain.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No LicenceChain.sln above the tests.");
        return directory.FullName;
    }
}
