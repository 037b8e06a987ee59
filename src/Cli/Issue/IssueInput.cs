using System.Text.Json;
using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Issue;

/// <summary>Reads the one licence that <c>issue</c> is to issue: a row of a file like licences.csv, or a JSON object with the same members.</summary>
internal static class IssueInput
{
    /// <summary>The row; from a CSV file the one with <paramref name="serial"/>, or its only one.</summary>
    public static CsvRow Read(string path, string? serial, SampleProblems problems)
    {
        var folder = new SampleFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, problems);
        var name = Path.GetFileName(path);
        var row = Path.GetExtension(path) == ".json" ? ReadJson(folder, name) : ReadCsv(folder, name, serial);
        return problems.Count == 0 && row is not null ? row : throw Failure(problems);
    }

    /// <summary>What is wrong, as the failure of the command.</summary>
    public static CommandFailure Failure(SampleProblems problems) =>
        CommandFailure.BadInput("The licence cannot be issued; nothing was sent.", [.. problems.Shown.Select(problem => problem.ToString())]);

    private static CsvRow? ReadCsv(SampleFolder folder, string name, string? serial)
    {
        var rows = new List<CsvRow>();
        CsvFile.Read(folder, name, LicencesFile.Header, row =>
        {
            if (serial is null || row["serial"] == serial) rows.Add(row);
        });
        if (folder.Problems.Count > 0 || rows.Count == 1) return rows.FirstOrDefault();
        folder.Problems.AddFile(name, serial is null ? $"holds {rows.Count} rows: name one with --serial." : $"holds {rows.Count} rows with serial '{serial}'.");
        return null;
    }

    private static CsvRow? ReadJson(SampleFolder folder, string name)
    {
        if (!JsonFile.TryOpen(folder, name, JsonValueKind.Object, out var root)) return null;
        var members = root.Members().ToDictionary(member => member.Name, member => member.Value.Raw(), StringComparer.Ordinal);
        members.TryAdd("validUntil", "");
        foreach (var odd in members.Keys.Except(LicencesFile.Header)) folder.Problems.AddFile(name, "is not a member of a licence.", "$." + odd);
        foreach (var missing in LicencesFile.Header.Where(column => !members.ContainsKey(column))) folder.Problems.AddFile(name, "is missing.", "$." + missing);
        return folder.Problems.Count > 0 ? null : new CsvRow(name, null, LicencesFile.Header, [.. LicencesFile.Header.Select(column => members[column])], folder.Problems);
    }
}
