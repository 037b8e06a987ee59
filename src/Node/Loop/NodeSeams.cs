using LicenceChain.Node.Archiving;
using LicenceChain.Node.Network;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Storage;

namespace LicenceChain.Node.Loop;

/// <summary>Everything of the world that the loop touches: production and simulation differ in nothing else.</summary>
/// <param name="Clock">Local time.</param>
/// <param name="Timers">Wakes it later.</param>
/// <param name="Network">Links to peers.</param>
/// <param name="Workers">Checks signatures.</param>
/// <param name="Blocks">The chain of blocks.</param>
/// <param name="State">The rows derived from it.</param>
/// <param name="Votes">The vote log.</param>
internal sealed record NodeSeams(
    INodeClock Clock, ITimers Timers, IPeerNetwork Network, IVerificationPool Workers, IBlockStore Blocks, IStateStore State, IVoteLog Votes)
{
    /// <summary>The certificate that links show now; null where they have none.</summary>
    public IShownCertificate? LinkCertificate { get; init; }

    /// <summary>What it archives; null keeps all blocks.</summary>
    public ArchivePlan? Archive { get; init; }

    /// <summary>The snapshots it serves; none by default.</summary>
    public ISnapshotShelf Snapshots { get; init; } = NoSnapshots.Instance;
}
