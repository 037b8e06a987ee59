using LicenceChain.Node.Snapshots;

namespace LicenceChain.Simulation.Network.Joining;

/// <summary>When nodes make snapshots, and when one that begins with nothing takes one: smaller and more often than in production, where chains are longer.</summary>
/// <param name="Options">As a node's configuration has them.</param>
/// <param name="ChunkBytes">Size of a chunk.</param>
internal sealed record SnapshotPlan(SnapshotOptions Options, int ChunkBytes)
{
    // Of small chunks and short intervals there are many, and each node pays for all: one seed in eight has them.
    private const int BusyPerMille = 125;

    private static readonly int[] ChunkSizes = [4_096, 16_384, 65_536];
    private static readonly int[] SmallChunkSizes = [512, 4_096];

    /// <summary>A seed's.</summary>
    public static SnapshotPlan Draw(SeededRandom random)
    {
        var isBusy = random.Chance(BusyPerMille);
        var interval = isBusy ? random.Between(4, 10) : random.Between(10, 50);
        return new SnapshotPlan(
            new SnapshotOptions { Interval = (uint)interval, Keep = 1 + random.Below(3), JoinAbove = (uint)random.Between(1, 10) },
            random.Pick(isBusy ? SmallChunkSizes : ChunkSizes));
    }
}
