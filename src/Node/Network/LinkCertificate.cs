using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Network;

/// <summary>This node's own self-signed TLS certificate with its private key.</summary>
internal sealed class LinkCertificate : IDisposable
{
    private LinkCertificate(X509Certificate2 value)
    {
        Value = value;
        Fingerprint = CertificateFingerprint.Of(value);
    }

    /// <summary>Certificate and key.</summary>
    public X509Certificate2 Value { get; }

    /// <summary>How peers pin it.</summary>
    public CertificateFingerprint Fingerprint { get; }

    /// <summary>Its last instant.</summary>
    public UnixTime Expires => new((ulong)new DateTimeOffset(Value.NotAfter.ToUniversalTime()).ToUnixTimeMilliseconds());

    /// <summary>Reads the two PEM files; throws <see cref="NodeFaultException"/> that names them when they are no pair.</summary>
    public static LinkCertificate Load(string certificatePath, string keyPath)
    {
        try
        {
            using var fromPem = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            // Windows' TLS takes no key that only lives in memory; the detour over PKCS#12 serves every platform.
            return new LinkCertificate(X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null));
        }
        catch (CryptographicException e)
        {
            throw new NodeFaultException($"{certificatePath} and {keyPath} are no certificate with its key: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();
}
