namespace LicenceChain.Node.Healing;

/// <summary>Bounds of finding and healing damaged blocks.</summary>
internal static class HealingLimits
{
    /// <summary>Blocks asked for at a time: each is flushed, and the loop waits for it.</summary>
    public const int MaxBlocks = 16;

    /// <summary>Housekeeping ticks, a second each, after which a peer that owes blocks is passed over.</summary>
    public const int PatienceTicks = 5;

    /// <summary>Bytes of blocks read again at each tick: 3.6 GB an hour, a disk's least effort.</summary>
    public const int ScrubBytes = 1024 * 1024;

    /// <summary>Ticks between the end of one pass over all blocks and the next: a day.</summary>
    public const int ScrubPauseTicks = 86_400;
}
