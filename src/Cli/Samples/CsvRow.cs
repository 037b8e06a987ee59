using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>One row with its place; without a line it is a JSON object. Each reader names its column; what is wrong is noted there and the row turns unusable.</summary>
internal sealed class CsvRow(string file, int? line, IReadOnlyList<string> header, string[] fields, SampleProblems problems)
{
    /// <summary>False once any column was refused.</summary>
    public bool Sound { get; private set; } = true;

    public string this[string column] => fields[IndexOf(column)];

    /// <summary>Notes what is wrong with a column.</summary>
    public void Refuse(string column, string why)
    {
        Sound = false;
        problems.Add(line is null ? new SampleProblem(file, null, null, "$." + column, why) : new SampleProblem(file, line, IndexOf(column) + 1, column, why));
    }

    /// <summary>Notes <paramref name="why"/> unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string column, string why)
    {
        if (!holds) Refuse(column, why);
    }

    public string Text(string column)
    {
        var text = this[column];
        Require(text.Length is > 0 and <= SampleLimits.MaxTextLength, column, $"must have 1 to {SampleLimits.MaxTextLength} characters.");
        return text;
    }

    public RegionCode Region(string column)
    {
        Require(RegionCode.TryParse(this[column], out var region), column, "is no province-level division code of GB/T 2260: six digits ending in 0000.");
        return region;
    }

    public OrganisationCode Organisation(string column)
    {
        Require(OrganisationCode.TryParse(this[column], out var code), column, "is no organisation code of GB 32100: 18 characters, the last one a right check.");
        return code;
    }

    /// <summary>The beginning of a date written <c>yyyy-MM-dd</c>, in China's time zone.</summary>
    public UnixTime Date(string column)
    {
        Require(SampleDate.TryParse(this[column], out var time), column, "is no date from 1970 on: yyyy-MM-dd.");
        return time;
    }

    /// <summary>As <see cref="Date"/>; null where the field is empty.</summary>
    public UnixTime? OptionalDate(string column) => this[column].Length == 0 ? null : Date(column);

    private int IndexOf(string column)
    {
        for (var i = 0; i < header.Count; i++)
            if (header[i] == column)
                return i;
        throw new ArgumentException($"{file} has no column '{column}'.", nameof(column));
    }
}
