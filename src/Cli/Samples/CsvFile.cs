using CsvHelper;

namespace LicenceChain.Cli.Samples;

/// <summary>Reads one CSV file row by row, each with the line on which it begins; its header must be the expected one.</summary>
internal static class CsvFile
{
    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false, // compared here, so that a wrong one is a problem with a place
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
        MaxRecordSize = SampleLimits.MaxRecordBytes,
        IncludeValuesInExceptions = false,
    };

    /// <summary>Calls <paramref name="row"/> for every data row with as many fields as the header; notes what is wrong with the others.</summary>
    public static void Read(SampleFolder folder, string file, IReadOnlyList<string> header, Action<CsvRow> row)
    {
        if (!folder.TryRead(file, out var text)) return;
        try
        {
            using var reader = CsvReader.FromText(text, Options);
            if (ReadHeader(folder.Problems, reader, file, header)) ReadRows(folder.Problems, reader, file, header, row);
        }
        catch (CsvFormatException failure)
        {
            folder.Problems.Add(new SampleProblem(file, (int)failure.LineNumber, null, null, "cannot be split into fields: a quote is not closed or stands where none may."));
        }
    }

    private static bool ReadHeader(SampleProblems problems, CsvReader reader, string file, IReadOnlyList<string> header)
    {
        if (reader.Read() && Fields(reader).AsSpan().SequenceEqual(header.ToArray())) return true;
        problems.Add(new SampleProblem(file, 1, null, null, $"the header must be: {string.Join(',', header)}"));
        return false;
    }

    private static void ReadRows(SampleProblems problems, CsvReader reader, string file, IReadOnlyList<string> header, Action<CsvRow> row)
    {
        for (var count = 0; reader.Read(); count++)
        {
            var line = (int)reader.LineNumber;
            if (count == SampleLimits.MaxRows)
            {
                problems.AddFile(file, $"has more than {SampleLimits.MaxRows} rows.");
                return;
            }

            if (reader.FieldCount == header.Count)
                row(new CsvRow(file, line, header, Fields(reader), problems));
            else
                problems.Add(new SampleProblem(file, line, Math.Min(reader.FieldCount, header.Count) + 1, null, $"has {reader.FieldCount} fields where the header has {header.Count}."));
        }
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
        return fields;
    }
}
