using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Node.Tests.Core;

/// <summary>A member of a test network with its keys and its link certificate.</summary>
internal sealed class TestMember
{
    private static readonly string[] Regions = ["310000", "320000", "330000", "340000"];

    private readonly ECDsa _tlsKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestMember(int index)
    {
        Index = index;
        Region = Regions[index % Regions.Length];
        Code = OrganisationCode.Mint("11" + Region + index.ToString("D9", CultureInfo.InvariantCulture));
        var request = new CertificateRequest("CN=node" + index, _tlsKey, HashAlgorithmName.SHA256);
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1)); // far enough that nobody is told that it expires
    }

    public int Index { get; }

    public string Region { get; }

    public OrganisationCode Code { get; }

    public Sm2PrivateKey Consensus { get; } = Sm2PrivateKey.Generate();

    public Sm2PrivateKey Service { get; } = Sm2PrivateKey.Generate();

    public Sm2PrivateKey Govern { get; } = Sm2PrivateKey.Generate();

    /// <summary>In the keystore beside the consensus key, and not on the chain until governance puts it there.</summary>
    public Sm2PrivateKey Successor { get; } = Sm2PrivateKey.Generate();

    public X509Certificate2 Certificate { get; }

    public CertificateFingerprint Fingerprint => CertificateFingerprint.Of(Certificate);

    /// <summary>Certificate with its key, in the form that TLS takes on every platform.</summary>
    public X509Certificate2 UsableCertificate() => X509CertificateLoader.LoadPkcs12(Certificate.Export(X509ContentType.Pkcs12), null);

    public void WriteCertificate(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "link.crt"), Certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "link.key"), _tlsKey.ExportPkcs8PrivateKeyPem());
    }
}
