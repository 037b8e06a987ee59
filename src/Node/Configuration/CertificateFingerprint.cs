using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>SHA-256 over a certificate's DER encoding: how a link's certificate is pinned. Its certificates are self-signed, so nothing else vouches for them.</summary>
/// <param name="Value">The 32 bytes.</param>
public readonly record struct CertificateFingerprint(Hash256 Value)
{
    /// <summary>The fingerprint of a certificate at hand.</summary>
    public static CertificateFingerprint Of(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new CertificateFingerprint(Hash256.From(SHA256.HashData(certificate.GetRawCertData())));
    }

    /// <summary>The fingerprint of the certificate in a file, PEM or DER; throws <see cref="CryptographicException"/> for another content, <see cref="FileNotFoundException"/> without the file.</summary>
    public static CertificateFingerprint OfFile(string path)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(File.ReadAllBytes(path));
        return Of(certificate);
    }

    /// <summary>Reads 64 hexadecimal digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CertificateFingerprint fingerprint)
    {
        var ok = Hash256.TryParse(text, out var value) && !value.IsZero;
        fingerprint = ok ? new CertificateFingerprint(value) : default;
        return ok;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString();
}
