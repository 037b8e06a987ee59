using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace LicenceChain.Hosting.Tokens;

/// <summary>P-256 keys in PEM form, and the key id that stands in a token's header.</summary>
internal static class TokenKeys
{
    private const int P256Bits = 256;
    private const int KeyIdBytes = 16;

    /// <summary>Reads a private or public key; throws <see cref="CryptographicException"/> that names the file for anything but P-256.</summary>
    public static ECDsa Import(ReadOnlySpan<char> pem, string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == P256Bits) return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new CryptographicException($"{path} holds no EC key in PEM form; make one with 'licencechain token' or point to another file.", e);
        }

        key.Dispose();
        throw new CryptographicException($"{path} holds a key of another curve; tokens are signed with P-256 (ES256).");
    }

    /// <summary>With the first 16 bytes of SHA-256 of the public key, in hex, as its id.</summary>
    public static ECDsaSecurityKey SecurityKey(ECDsa key) => new(key)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, KeyIdBytes)),
    };
}
