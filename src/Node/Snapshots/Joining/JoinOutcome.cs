using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>How a <see cref="JoinSession"/> ended.</summary>
internal sealed class JoinOutcome
{
    private JoinOutcome(SnapshotManifest? manifest, ValidatorSet? decidedBy) => (Manifest, DecidedBy) = (manifest, decidedBy);

    /// <summary>No peer offers one: the node starts at genesis and replays.</summary>
    public static JoinOutcome Replay { get; } = new(null, null);

    /// <summary>No peer offered one in all the time that was given.</summary>
    public static JoinOutcome Nothing { get; } = new(null, null);

    /// <summary>The snapshot whose chunks are all here; null without one.</summary>
    public SnapshotManifest? Manifest { get; }

    /// <summary>The set that decided its header.</summary>
    public ValidatorSet? DecidedBy { get; }

    /// <summary>All chunks are on the disk.</summary>
    public static JoinOutcome Fetched(SnapshotManifest manifest, ValidatorSet decidedBy) => new(manifest, decidedBy);
}
