using LicenceChain.Node.Snapshots;

namespace LicenceChain.Simulation.Network.Joining;

/// <summary>When nodes make snapshots, and when one that begins with nothing takes one: smaller and more often than in production, where chains are longer.</summary>
/// <param name="Options">As a node's configuration has them.</param>
/// <param name="ChunkBytes">Size of a chunk.</param>
internal sealed record SnapshotPlan(SnapshotOptions Options, int ChunkBytes)
{
    private static readonly int[] ChunkSizes = [4_096, 16_384, 65_536];

    /// <summary>A seed's.</summary>
    public static SnapshotPlan Draw(SeededRandom random) => new(
        new SnapshotOptions { Interval = (uint)random.Between(10, 50), Keep = 1 + random.Below(3), JoinAbove = (uint)random.Between(1, 10) }, random.Pick(ChunkSizes));
}
