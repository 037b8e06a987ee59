using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// Every node stores a certificate of its own making: the Q signatures that it heard first. Each is what a light client accepts. One that is put together from signatures which
/// stood in accepted certificates of the same header and round is accepted without verifying them again.
/// </summary>
internal sealed class CertificateCheck
{
    private readonly Dictionary<(Hash256 Digest, uint Round, uint Validator), ByteString> _known = [];

    public bool IsAccepted(TrustAnchor anchor, BlockHeader header, CommitCertificate certificate)
    {
        var message = CommitCertificateMessage.Parser.ParseFrom(certificate.Bytes.Span);
        var isKnown = certificate.Height == header.Height && certificate.Digest == header.Digest && message.Signatures.Count >= anchor.Validators.Quorum
            && message.Signatures.All(one => _known.TryGetValue((certificate.Digest, message.Round, one.Validator), out var signature) && signature == one.Signature);
        if (isKnown) return true;
        if (!HeaderCheck.IsCertified(anchor, header, certificate)) return false;
        foreach (var one in message.Signatures) _known[(certificate.Digest, message.Round, one.Validator)] = one.Signature;
        return true;
    }
}
