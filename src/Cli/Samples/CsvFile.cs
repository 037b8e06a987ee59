using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace LicenceChain.Cli.Samples;

/// <summary>Reads one CSV file row by row, each with the line on which it begins; its header must be the expected one.</summary>
internal static class CsvFile
{
    /// <summary>Calls <paramref name="row"/> for every data row with as many fields as the header. False when the file as a whole is unusable.</summary>
    public static bool Read(SampleFolder folder, string file, IReadOnlyList<string> header, Action<CsvRow> row)
    {
        if (!folder.TryRead(file, out var text)) return false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null, // bare quotes are seen by the field's own check
            MaxFieldSize = SampleLimits.MaxFieldLength,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        try
        {
            return ReadHeader(folder, parser, file, header) && ReadRows(folder, parser, file, header, row);
        }
        catch (CsvHelperException)
        {
            folder.Problems.Add(new SampleProblem(file, parser.RawRow, null, null, $"cannot be split into fields: an unclosed quote, or a field of more than {SampleLimits.MaxFieldLength} characters."));
            return false;
        }
    }

    private static bool ReadHeader(SampleFolder folder, CsvParser parser, string file, IReadOnlyList<string> header)
    {
        if (parser.Read() && parser.Record is { } names && names.AsSpan().SequenceEqual(header.ToArray())) return true;
        folder.Problems.Add(new SampleProblem(file, 1, null, null, $"the header must be: {string.Join(',', header)}"));
        return false;
    }

    private static bool ReadRows(SampleFolder folder, CsvParser parser, string file, IReadOnlyList<string> header, Action<CsvRow> row)
    {
        for (var count = 0; ; count++)
        {
            var line = parser.RawRow + 1;
            if (!parser.Read() || parser.Record is not { } fields) return true;
            if (count == SampleLimits.MaxRows)
            {
                folder.Problems.AddFile(file, $"has more than {SampleLimits.MaxRows} rows.");
                return false;
            }

            if (fields.Length == header.Count)
                row(new CsvRow(file, line, header, fields, folder.Problems));
            else
                folder.Problems.Add(new SampleProblem(file, line, Math.Min(fields.Length, header.Count) + 1, null, $"has {fields.Length} fields where the header has {header.Count}."));
        }
    }
}
