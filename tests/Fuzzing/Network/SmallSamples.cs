using System.Text.RegularExpressions;

namespace LicenceChain.Fuzzing.Network;

/// <summary>The samples of the end-to-end tests cut down to a few licences and the requests that are granted for them.</summary>
internal static partial class SmallSamples
{
    private const int Requests = 6;
    private const int Licences = 8;

    public static void Write(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        var requests = File.ReadAllLines(Path.Combine(source, "requests.csv"));
        var granted = requests.Skip(1).Where(line => line.Contains(",granted,", StringComparison.Ordinal)).Take(Requests).ToList();
        File.WriteAllLines(Path.Combine(target, "requests.csv"), [requests[0], .. granted]);

        var licences = File.ReadAllLines(Path.Combine(source, "licences.csv"));
        var wanted = granted.Select(line => Serial().Match(line).Value).Concat(licences.Skip(1).Take(Licences).Select(line => Serial().Match(line).Value)).ToHashSet();
        File.WriteAllLines(Path.Combine(target, "licences.csv"), [licences[0], .. licences.Skip(1).Where(line => wanted.Contains(Serial().Match(line).Value))]);
        File.WriteAllText(Path.Combine(target, "fates.json"), "{}");
    }

    [GeneratedRegex("S[0-9]{6}")]
    private static partial Regex Serial();
}
