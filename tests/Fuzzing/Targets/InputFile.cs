namespace LicenceChain.Fuzzing.Targets;

/// <summary>Input for what reads a path.</summary>
internal sealed class InputFile(string folder)
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(folder, "input")).FullName;

    public string With(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A copy of the files of a folder, one of them replaced.</summary>
    public string FolderWith(string source, string name, byte[] bytes)
    {
        var copy = Path.Combine(_folder, Path.GetFileName(source));
        if (!Directory.Exists(copy))
        {
            Directory.CreateDirectory(copy);
            foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(copy, name), bytes);
        return copy;
    }
}
