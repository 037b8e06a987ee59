using System.Security.Cryptography;
using LicenceChain.Hosting.Files;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LicenceChain.Hosting.Tokens;

/// <summary>
/// Issues ES256 bearer tokens from one P-256 key: what a development network and the command line use where a member has no
/// OpenID Connect authority yet.
/// </summary>
public sealed class TokenAuthority : IDisposable
{
    /// <summary>The longest life of a token: 24 hours. There is no revocation list, so none lives longer.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    private const int MaxKeyFileBytes = 16 * 1024;

    // A P-256 key in PKCS #8 has some 240.
    private const int MaxPemChars = 512;

    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _clock;
    private readonly string _issuer;
    private readonly string _audience;

    private TokenAuthority(ECDsa key, TimeProvider clock, string issuer, string audience)
    {
        _key = key;
        _clock = clock;
        _issuer = issuer;
        _audience = audience;
        // The library's cache of signers is the process's and goes by key id: it would hand this authority the disposed key of one opened before from the same file.
        _credentials = new SigningCredentials(TokenKeys.SecurityKey(key), SecurityAlgorithms.EcdsaSha256) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
    }

    /// <summary>The public half as PEM (SubjectPublicKeyInfo): what services are given.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>
    /// Loads the key at <paramref name="keyPath"/> (PEM, PKCS#8, mode 0600), or makes one there when there is none. Throws
    /// <see cref="SecretFileException"/> when others may read the file, and <see cref="CryptographicException"/> when it holds no P-256 key.
    /// </summary>
    public static TokenAuthority OpenOrCreate(string keyPath, TimeProvider clock, string issuer = TokenOptions.DefaultIssuer, string audience = TokenOptions.DefaultAudience)
    {
        if (File.Exists(keyPath)) return new TokenAuthority(Load(keyPath), clock, issuer, audience);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Save(key, keyPath);
        return new TokenAuthority(key, clock, issuer, audience);
    }

    /// <summary>A signed token that expires <paramref name="lifetime"/> from now; more than zero, at most <see cref="MaxLifetime"/>.</summary>
    public string Issue(TokenClaims claims, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
        var now = _clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _issuer,
            Audience = _audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = _credentials,
            Claims = new Dictionary<string, object>
            {
                [TokenIdentity.SubjectClaim] = claims.Subject,
                [TokenIdentity.MemberClaim] = claims.Member,
                [TokenIdentity.RolesClaim] = claims.Roles.ToArray(),
            },
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static void Save(ECDsa key, string path)
    {
        Span<char> chars = stackalloc char[MaxPemChars];
        Span<byte> pem = stackalloc byte[MaxPemChars];
        try
        {
            if (!key.TryExportPkcs8PrivateKeyPem(chars[..^1], out var length)) throw new CryptographicException($"A P-256 key has at most {MaxPemChars} characters in PEM form.");
            chars[length] = '\n';
            SecretFile.Write(path, pem[..System.Text.Encoding.ASCII.GetBytes(chars[..(length + 1)], pem)]);
        }
        finally
        {
            chars.Clear();
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private static ECDsa Load(string path)
    {
        var pem = SecretFile.Read(path, MaxKeyFileBytes);
        var chars = System.Text.Encoding.ASCII.GetChars(pem);
        try
        {
            return TokenKeys.Import(chars, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
            Array.Clear(chars);
        }
    }
}
