using System.Globalization;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Seeds from the first to the last, both included.</summary>
internal readonly record struct SeedRange(ulong First, ulong Last)
{
    public ulong Count => Last - First + 1;

    public override string ToString() => First == Last ? $"{First}" : $"{First}..{Last}";

    public static bool TryParse(string text, out SeedRange range)
    {
        var parts = text.Split("..");
        range = default;
        if (parts.Length > 2 || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return false;
        var last = first;
        if (parts.Length == 2 && !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out last)) return false;
        range = new SeedRange(first, last);
        return last >= first && last - first < ulong.MaxValue;
    }
}
