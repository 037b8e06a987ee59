using System.Text;
using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Tests.Samples;

/// <summary>A copy of the shipped samples that a test may break.</summary>
internal sealed class SampleCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SampleCopy()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Samples)) File.Copy(file, _folder.File(System.IO.Path.GetFileName(file)));
    }

    public string Path => _folder.Path;

    public SampleReading Read() => SampleReader.Read(Path);

    public void Delete(string file) => File.Delete(_folder.File(file));

    public void Write(string file, string text) => File.WriteAllText(_folder.File(file), text, new UTF8Encoding(false));

    public void Replace(string file, string old, string with)
    {
        var text = File.ReadAllText(_folder.File(file));
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(file, text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>Replaces the field of a row whose fields hold no quotes before it.</summary>
    public void SetField(string file, int line, int column, string value)
    {
        var lines = File.ReadAllLines(_folder.File(file));
        var fields = lines[line - 1].Split(',', column + 1);
        fields[column - 1] = value;
        lines[line - 1] = string.Join(',', fields);
        Write(file, string.Join('\n', lines) + "\n");
    }

    public void Dispose() => _folder.Dispose();
}
