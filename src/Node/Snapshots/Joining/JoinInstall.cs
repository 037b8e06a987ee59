using LicenceChain.Contracts;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>The end of a join, whoever's thread it is: the data directory becomes a node's, by a snapshot or at genesis.</summary>
internal sealed class JoinInstall(JoinFolder folder, VoteStanding standing, NodeSigner signer, GenesisOutcome genesis)
{
    /// <summary>Nothing was taken: the node starts at genesis and replays.</summary>
    public void Replay(Height networkHead)
    {
        folder.Discard();
        Settle(networkHead, [genesis.Validators]);
    }

    /// <summary>
    /// Builds rows and blocks and puts them in their place. <paramref name="keepAgreements"/> hears of the agreements in the rows before. Returns whether the vote log counts as lost,
    /// or why what came is not the state of its header: nothing of it is then a node's.
    /// </summary>
    public (bool IsLost, string Failure) Run(
        SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles source, Height networkHead, Action<IReadOnlyList<string>> keepAgreements, Action<long> onBytes, CancellationToken cancellationToken)
    {
        // 1. Everything within joining/: what does not hold leaves nothing behind.
        var (installer, failure) = folder.Build(manifest, decidedBy, source, isChecked: source.Folder == folder.Fetched.Folder, onBytes, cancellationToken);
        if (installer.Next is not { } next) return (false, failure);
        keepAgreements(installer.Agreements);

        // 2. C-RESTART, before the directory is a node's.
        var isLost = Settle(networkHead, [genesis.Validators, next, .. manifest.Changes.Select(c => c.Next)]);

        // 3. In its place.
        folder.Finish();
        return (isLost, "");
    }

    private bool Settle(Height networkHead, IEnumerable<ValidatorSet> sets) => standing.Settle(networkHead, sets.Any(set => set.Validators.Any(v => signer.Owns(v.Key.Id))));
}
