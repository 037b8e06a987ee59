using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;

namespace LicenceChain.Hosting.Tokens;

/// <summary>Reads the verified token of a request.</summary>
public static class TokenIdentity
{
    /// <summary>Claim with the officer or service number.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>Claim with the organisation code of the member.</summary>
    public const string MemberClaim = "member";

    /// <summary>Claim with the roles, a list of strings.</summary>
    public const string RolesClaim = "roles";

    /// <summary>Who sent the request; false when no verified token came or it lacks subject or member.</summary>
    public static bool TryGetTokenClaims(this ClaimsPrincipal user, [NotNullWhen(true)] out TokenClaims? claims)
    {
        claims = null;
        if (user.Identity is not { IsAuthenticated: true }) return false;
        if (user.FindFirst(SubjectClaim)?.Value is not { Length: > 0 } subject) return false;
        if (user.FindFirst(MemberClaim)?.Value is not { Length: > 0 } member) return false;
        claims = new TokenClaims(subject, member, [.. user.FindAll(RolesClaim).Select(c => c.Value)]);
        return true;
    }
}
