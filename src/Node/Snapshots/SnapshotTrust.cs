using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Node.Snapshots;

/// <summary>
/// Whether a snapshot's header is certified, beginning from nothing but the genesis document (rules C-CERT, C-CHANGE). With a later anchor the chain of sets must
/// also pass through it: who has got hold of the keys of members that left long ago cannot lead a new node astray then.
/// </summary>
internal sealed class SnapshotTrust(TrustAnchor genesis, TrustAnchor? anchor)
{
    /// <summary>The anchor at the snapshot's height less one, when all holds; else null and why not.</summary>
    public (TrustAnchor? DecidedBy, string Refusal) Check(SnapshotManifest manifest)
    {
        if (manifest.GenesisHash != genesis.GenesisHash || manifest.Header.Fields.Chain != genesis.Chain) return Refused("it is of another chain");
        if (anchor is not null && (anchor.GenesisHash != genesis.GenesisHash || anchor.Chain != genesis.Chain)) return Refused("the anchor is of another chain than genesis.json");
        if (anchor is not null && manifest.Height <= anchor.Height) return Refused($"it is of height {manifest.Height}, not above the anchor at {anchor.Height}");

        var trusted = genesis;
        var isAnchored = anchor is null;
        foreach (var change in manifest.Changes)
        {
            if (!isAnchored && change.Header.Height > anchor!.Height)
            {
                if (trusted.Validators.Hash != anchor.Validators.Hash) return Refused("its chain of validator sets does not pass through the anchor");
                isAnchored = true;
            }

            if (change.Header.Height >= manifest.Height) return Refused("a change of its validator set stands above it");
            if (change.Next.Hash == trusted.Validators.Hash) return Refused($"the validator set does not change at {change.Header.Height}");
            if (!trusted.TryAdvance(change.Header, change.Certificate, change.Next, out var next)) return Refused($"the change of the validator set at {change.Header.Height} is not certified");
            trusted = next;
        }

        if (!isAnchored && trusted.Validators.Hash != anchor!.Validators.Hash) return Refused("its chain of validator sets does not pass through the anchor");
        return HeaderCheck.IsCertified(trusted, manifest.Header, manifest.Certificate) ? (trusted, "") : Refused("its header is not certified by the validator set that the chain leads to");
    }

    private static (TrustAnchor?, string) Refused(string reason) => (null, reason);
}
