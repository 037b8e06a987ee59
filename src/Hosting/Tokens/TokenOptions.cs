namespace LicenceChain.Hosting.Tokens;

/// <summary>Whose tokens a service accepts. Checked at start.</summary>
public sealed class TokenOptions
{
    /// <summary>The issuer of development tokens.</summary>
    public const string DefaultIssuer = "licencechain";

    /// <summary>The audience of tokens for this network.</summary>
    public const string DefaultAudience = "licencechain";

    /// <summary>Most keys that one service accepts: an old and a new one of a few authorities.</summary>
    public const int MaxKeys = 16;

    /// <summary>PEM files with one EC P-256 public key each (SubjectPublicKeyInfo); 1 to <see cref="MaxKeys"/>.</summary>
    public required IReadOnlyList<string> PublicKeyFiles { get; init; }

    /// <summary>The only <c>iss</c> accepted.</summary>
    public string Issuer { get; init; } = DefaultIssuer;

    /// <summary>The only <c>aud</c> accepted.</summary>
    public string Audience { get; init; } = DefaultAudience;

    /// <summary>How far the clocks of authority and service may lie apart; 0 to 5 minutes; default 30 seconds.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        if (PublicKeyFiles.Count is 0 or > MaxKeys) throw new ArgumentException($"A service needs 1 to {MaxKeys} token public keys, not {PublicKeyFiles.Count}.");
        ArgumentException.ThrowIfNullOrWhiteSpace(Issuer);
        ArgumentException.ThrowIfNullOrWhiteSpace(Audience);
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5)) throw new ArgumentException("The clock skew of tokens is 0 to 5 minutes.");
    }
}
