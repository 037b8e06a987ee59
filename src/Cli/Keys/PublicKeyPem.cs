using System.Formats.Asn1;
using System.Security.Cryptography;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Cli.Keys;

/// <summary>An SM2 public key as other software reads it: SubjectPublicKeyInfo (RFC 5280) in PEM.</summary>
internal static class PublicKeyPem
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string Sm2Curve = "1.2.156.10197.1.301";

    public static string Of(Sm2PublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                writer.WriteObjectIdentifier(Sm2Curve);
            }

            writer.WriteBitString(key.Encoded);
        }

        return PemEncoding.WriteString("PUBLIC KEY", writer.Encode());
    }
}
