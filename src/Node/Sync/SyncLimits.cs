namespace LicenceChain.Node.Sync;

/// <summary>Bounds of catching up.</summary>
internal static class SyncLimits
{
    /// <summary>Blocks asked for at a time.</summary>
    public const int MaxBlocks = 128;

    /// <summary>Bytes of blocks in one response, unless a single one is larger.</summary>
    public const int ResponseBytes = 2 * 1024 * 1024;

    /// <summary>A peer that owes blocks this long is not asked again until it says anew where it stands.</summary>
    public const ulong TimeoutMs = 5_000;

    /// <summary>A node says anew where it stands after so many housekeepings of a second, beside after each block.</summary>
    public const uint StatusEvery = 5;

    /// <summary>How long one that is one block behind waits for its own decision: the votes are usually on their way.</summary>
    public const ulong LookMs = 500;
}
