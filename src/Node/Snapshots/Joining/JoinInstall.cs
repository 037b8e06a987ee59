using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>The end of a join by a snapshot, whoever's thread it is: the data directory becomes a node's.</summary>
internal sealed class JoinInstall(JoinFolder folder, VoteStanding standing)
{
    /// <summary>
    /// Builds rows and blocks and puts them in their place. <paramref name="keepAgreements"/> hears of the agreements in the rows before. Returns whether the vote log counts as lost,
    /// or why what came is not the state of its header: nothing of it is then a node's.
    /// </summary>
    public (bool IsLost, string Failure) Run(
        SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles source, Action<IReadOnlyList<string>> keepAgreements, Action<long> onBytes, CancellationToken cancellationToken)
    {
        // 1. Everything within joining/: what does not hold leaves nothing behind.
        var (installer, failure) = folder.Build(manifest, decidedBy, source, isChecked: source.Folder == folder.Fetched.Folder, onBytes, cancellationToken);
        if (failure.Length > 0) return (false, failure);
        keepAgreements(installer.Agreements);

        // 2. C-RESTART, before the directory is a node's.
        var isLost = standing.Settle();

        // 3. In its place.
        folder.Finish();
        return (isLost, "");
    }
}
