using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Protocol.Proofs;

/// <summary>The one place that decides whether a header is certified under an anchor.</summary>
public static class HeaderCheck
{
    /// <summary>
    /// True when the header is of the anchor's chain, above the anchor's height, names the anchor's set as its own, and the certificate carries
    /// Q valid Commit signatures of that set over exactly this header (C-QUORUM, C-CERT).
    /// </summary>
    public static bool IsCertified(TrustAnchor anchor, BlockHeader header, CommitCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(certificate);
        return header.Fields.Chain == anchor.Chain
            && header.Height > anchor.Height
            && header.Fields.ValidatorsHash == anchor.Validators.Hash
            && certificate.Height == header.Height
            && certificate.Digest == header.Digest
            && certificate.Verify(anchor.Chain, anchor.Validators);
    }
}
