using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>
/// Makes the TLS certificate that is to replace the one of a node's links, beside it. The node that runs goes on with the old one: peers pin a certificate, so it shows the new one
/// from the block on by which governance lists it, and the operator then moves it over the old one.
/// </summary>
public static class NextLinkCertificate
{
    /// <summary>Writes certificate and key (PEM; the key 0600) and returns the certificate's fingerprint. Throws <see cref="NetworkDirectoryException"/> when one lies there already.</summary>
    /// <param name="region">Whose node.</param>
    /// <param name="now">The clock: it lasts <see cref="NetworkPlan.KeyYears"/> from here.</param>
    public static CertificateFingerprint Make(NetworkRegion region, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(region);
        var path = region.NextNodeCertificatePath;
        var keyPath = Path.Combine(Path.GetDirectoryName(path)!, NetworkPaths.NextLinkKey);
        if (File.Exists(path) || File.Exists(keyPath))
            throw new NetworkDirectoryException($"{path} is there already, with its key. Once the chain lists it, move both over {NetworkPaths.LinkCertificate} and {NetworkPaths.LinkKey}; if it was never proposed, remove both.");
        return LinkCertificateFile.Create(path, keyPath, region.Bureau.Value, now);
    }
}
