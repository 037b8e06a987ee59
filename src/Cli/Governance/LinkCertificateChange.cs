using Google.Protobuf;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Governance;

/// <summary>Lists a region's node under the link certificate that is to replace its present one.</summary>
internal static class LinkCertificateChange
{
    /// <summary>The node as the chain lists it, or else as the directory has it, with the certificate of <see cref="NetworkRegion.NextNodeCertificatePath"/>.</summary>
    public static async Task<IReadOnlyList<GovernanceChange>> OfAsync(NetworkDirectory directory, NetworkRegion region, Ballot ballot, CancellationToken cancel)
    {
        var next = NodePlace.Pin(region.NextNodeCertificatePath);
        using var keystore = KeystoreFile.Open(region.NodeKeystorePath, System.Text.Encoding.UTF8.GetBytes(directory.Passphrase));
        var own = keystore.Entries.Select(entry => ByteString.CopyFrom(entry.Key.PublicKey.Id.Value.Span)).ToHashSet();
        var listed = (await ballot.Node.GetNodesAsync(cancel))?.Record.Nodes.FirstOrDefault(node => own.Contains(node.KeyId));
        if (listed?.CertificateSha256 == next) throw CommandFailure.BadInput($"The chain lists {region.Name}'s node under {region.NextNodeCertificatePath} already: move it and its key over the old ones.");
        var place = listed?.Clone() ?? NodePlace.Of(region, keystore.Key(NetworkRegion.ConsensusLabel).PublicKey);
        place.CertificateSha256 = next;
        return [new GovernanceChange { PutNode = place }];
    }
}
