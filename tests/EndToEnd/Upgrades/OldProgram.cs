namespace LicenceChain.EndToEnd.Upgrades;

/// <summary>The program that knows version 1 of the protocol alone: this build's files, with the one assembly that says which versions there are built for it.</summary>
internal sealed class OldProgram : IDisposable
{
    private const string Protocol = "LicenceChain.Protocol.dll";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("licencechain-version-1-");

    public OldProgram()
    {
        Copy(AppContext.BaseDirectory, _folder.FullName);
        var runtimes = Path.Combine(AppContext.BaseDirectory, "runtimes");
        foreach (var native in Directory.EnumerateDirectories(runtimes, "*", SearchOption.AllDirectories))
            Copy(native, Path.Combine(_folder.FullName, "runtimes", Path.GetRelativePath(runtimes, native)));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "version-1", Protocol), Path.Combine(_folder.FullName, Protocol), overwrite: true);
    }

    /// <summary>Its licencechain.dll.</summary>
    public string CommandLine => Path.Combine(_folder.FullName, "licencechain.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
