using System.Security.Cryptography;
using LicenceChain.Hosting.Tokens;

namespace LicenceChain.Hosting.Tests.Tokens;

public sealed class TokenKeysTests
{
    [Fact]
    public void A_public_key_of_a_curve_that_the_machine_does_not_know_is_refused_with_the_file_s_name()
    {
        // A P-256 key in which the curve's object identifier was damaged: found by fuzzing.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = key.ExportSubjectPublicKeyInfo();
        der[der.AsSpan().IndexOf((byte[])[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03]) + 4] ^= 0x01;
        var refused = Assert.Throws<CryptographicException>(() => TokenKeys.Import(PemEncoding.WriteString("PUBLIC KEY", der), "tokens.pub"));
        Assert.Contains("tokens.pub", refused.Message, StringComparison.Ordinal);
    }
}
