namespace LicenceChain.Join;

/// <summary>What a restart costs.</summary>
internal sealed record RestartFigures(int Licences, ulong Height, long Bytes, TimeSpan Building, IReadOnlyList<TimeSpan> Ready, long PeakBytes)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
        {Licences} licences, {Height} blocks, {Bytes / 1048576} MiB on the disk, built in {Building.TotalSeconds:F0} s
        ready after {string.Join(", ", Ready.Select(r => r.TotalSeconds.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)))} s; at most {PeakBytes / 1048576} MiB of memory
        """);
}
