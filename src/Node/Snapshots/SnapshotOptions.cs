namespace LicenceChain.Node.Snapshots;

/// <summary>When a node makes snapshots, how many it keeps, and when it begins from one.</summary>
public sealed record SnapshotOptions
{
    /// <summary>
    /// A snapshot is made of every height that this divides, so that all nodes offer the same ones; 0: only on demand. 0 or 100 to 10,000,000. Default
    /// 10,000 blocks: about half an hour under load, a week where only heartbeats come.
    /// </summary>
    public uint Interval { get; init; } = 10_000;

    /// <summary>Snapshots kept, the newest; 1 to 16. Default 2: who is fetching the last one can go on while the next is made.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>
    /// A node that starts with an empty folder begins from a snapshot when a peer offers one of at least this height, else it replays the chain; 0: it always replays.
    /// Default 1,000: below the replay window there is next to nothing to save.
    /// </summary>
    public uint JoinAbove { get; init; } = 1_000;

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting when one is out of its range.</summary>
    public void Validate()
    {
        if (Interval is not 0 and (< 100 or > 10_000_000)) throw new ArgumentException($"snapshotInterval is {Interval}; it is 0, or 100 to 10000000 blocks.");
        if (Keep is < 1 or > 16) throw new ArgumentException($"snapshotsKept is {Keep}; it is 1 to 16.");
    }
}
