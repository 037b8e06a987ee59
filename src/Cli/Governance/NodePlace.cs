using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Governance;

/// <summary>What governance lists of a region's node, as the network directory has it.</summary>
internal static class NodePlace
{
    /// <summary>The node under one of its keys, with its present link certificate.</summary>
    public static NodeRecord Of(NetworkRegion region, Sm2PublicKey key) => new()
    {
        KeyId = ByteString.CopyFrom(key.Id.Value.Span), Host = region.Host.ToString(), Port = (uint)region.Ports.Link, CertificateSha256 = Pin(region.NodeCertificatePath),
    };

    /// <summary>How a certificate is pinned. A file that is missing or holds none is bad input.</summary>
    public static ByteString Pin(string certificatePath)
    {
        try
        {
            return ByteString.CopyFrom(CertificateFingerprint.OfFile(certificatePath).Value.Span);
        }
        catch (Exception e) when (e is CryptographicException or FileNotFoundException)
        {
            throw CommandFailure.BadInput($"{certificatePath} is missing or no certificate: licencechain keys link-certificate makes a node's next one. {e.Message}");
        }
    }
}
