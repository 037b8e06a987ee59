using System.Globalization;

namespace LicenceChain.Cli.Samples;

/// <summary>What is wrong in the samples, and where. Never repeats a person's data: the place is enough to find it.</summary>
/// <param name="File">File name within the samples folder.</param>
/// <param name="Line">1-based line on which the row begins; null where the whole file is meant.</param>
/// <param name="Column">1-based column; null where the whole row is meant.</param>
/// <param name="Name">Name of the column or JSON member; null with <paramref name="Column"/>.</param>
/// <param name="Why">What is wrong and what would do.</param>
internal sealed record SampleProblem(string File, int? Line, int? Column, string? Name, string Why)
{
    public override string ToString()
    {
        var place = File;
        if (Line is { } line) place += string.Create(CultureInfo.InvariantCulture, $", line {line}");
        if (Column is { } column) place += string.Create(CultureInfo.InvariantCulture, $", column {column}");
        if (Name is not null) place += $" ({Name})";
        return $"{place}: {Why}";
    }
}
