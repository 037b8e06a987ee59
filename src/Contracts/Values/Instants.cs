namespace LicenceChain.Contracts.Values;

/// <summary>Instants that others sent, in Unix milliseconds.</summary>
internal static class Instants
{
    /// <summary>The last millisecond of the year 9999: later ones have no date that anyone can print.</summary>
    public const ulong Max = 253_402_300_799_999;

    /// <summary>Milliseconds of a leap year: a term of n years is never longer than n of them.</summary>
    public const ulong LeapYearMs = 366UL * 24 * 60 * 60 * 1_000;

    /// <summary>True for 1 to the end of the year 9999.</summary>
    public static bool IsInstant(ulong milliseconds) => milliseconds is > 0 and <= Max;
}
