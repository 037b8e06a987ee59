using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// Every node stores a certificate of its own making: the Q signatures that it heard first. Each is what a light client accepts (<see cref="HeaderCheck"/>): of each height the
/// first is given to one, and of the others the signatures may be known already (<see cref="VoteMemo"/>).
/// </summary>
internal sealed class CertificateCheck(VerificationMemo memo)
{
    public bool IsAccepted(TrustAnchor anchor, BlockHeader header, CommitCertificate certificate) =>
        header.Fields.Chain == anchor.Chain
        && header.Height > anchor.Height
        && header.Fields.ValidatorsHash == anchor.Validators.Hash
        && certificate.Height == header.Height
        && certificate.Digest == header.Digest
        && memo.IsCertified(certificate, anchor.Chain, anchor.Validators);
}
