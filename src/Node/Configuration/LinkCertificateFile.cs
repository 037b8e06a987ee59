using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>
/// Makes the TLS certificate of a node's links. TLS 1.3 stacks do not take SM2, so the channel is ECDSA P-256 and self-signed: peers pin its
/// fingerprint, and the SM2 identity is proven inside over both certificates.
/// </summary>
internal static class LinkCertificateFile
{
    /// <summary>Writes certificate and key (PEM; the key 0600) and returns the certificate's fingerprint.</summary>
    public static CertificateFingerprint Create(string certificatePath, string keyPath, string name, UnixTime from)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());

        // A day back: the peers' clocks need not agree with ours.
        var start = DateTimeOffset.FromUnixTimeMilliseconds(checked((long)from.Milliseconds)).AddDays(-1);
        using var certificate = request.CreateSelfSigned(start, start.AddYears(NetworkPlan.KeyYears));
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        SecretFile.Write(keyPath, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        return CertificateFingerprint.Of(certificate);
    }
}
