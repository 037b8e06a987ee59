namespace LicenceChain.Sdk.Verification;

/// <summary>Bounds of a <see cref="LightClient"/>.</summary>
public sealed class LightClientOptions
{
    /// <summary>Verified headers that are remembered, the oldest forgotten first. 16 to 1,000,000; default 4096 (about 160 bytes each).</summary>
    public int MaxHeaders { get; init; } = 4096;

    /// <summary>Headers asked for at once, 1 to 1000. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxHeaders, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxHeaders, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageSize, 1000);
    }
}
