namespace LicenceChain.Cli.Tests;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Samples => Path.Combine(Root, "network-config", "samples");

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LicenceChain.sln")))
                return folder.FullName;
        throw new InvalidOperationException("No LicenceChain.sln above the tests.");
    }
}
