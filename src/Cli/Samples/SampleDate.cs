using System.Globalization;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>Dates of the samples: days of China's time zone.</summary>
internal static class SampleDate
{
    /// <summary>Milliseconds of a day.</summary>
    public const ulong Day = 24UL * 60 * 60 * 1000;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>Reads <c>yyyy-MM-dd</c>, not before 1970-01-02, as the first instant of that day.</summary>
    public static bool TryParse(string? text, out UnixTime time)
    {
        var ok = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        var milliseconds = ok ? new DateTimeOffset(date, TimeOnly.MinValue, ChinaOffset).ToUnixTimeMilliseconds() : -1;
        time = milliseconds >= 0 ? new UnixTime((ulong)milliseconds) : default;
        return milliseconds >= 0;
    }
}
