using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;

namespace LicenceChain.Hosting.Tokens;

/// <summary>Adds bearer tokens and the policies over their roles to a service.</summary>
public static class TokenExtensions
{
    /// <summary>
    /// Accepts ES256 tokens that <paramref name="options"/> name, and defines <see cref="TokenPolicies"/>. Throws at once for a missing or unfit key
    /// file. The pipeline needs UseAuthentication and UseAuthorization; endpoints ask with RequireAuthorization(policy).
    /// </summary>
    public static IServiceCollection AddLicenceChainTokens(this IServiceCollection services, TokenOptions options)
    {
        options.Validate();
        var keys = options.PublicKeyFiles.Select(path => (SecurityKey)TokenKeys.SecurityKey(TokenKeys.Import(File.ReadAllText(path), path))).ToArray();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationReplies>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((bearer, clock) =>
        {
            bearer.MapInboundClaims = false;
            // A token that does not say who asks, and for which member, opens nothing: what it does could be put down to nobody.
            bearer.Events = new JwtBearerEvents { OnTokenValidated = RequireIdentity };
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                IssuerSigningKeys = keys,
                ValidIssuer = options.Issuer,
                ValidAudience = options.Audience,
                NameClaimType = TokenIdentity.SubjectClaim,
                RoleClaimType = TokenIdentity.RolesClaim,
                LifetimeValidator = (from, until, _, _) => IsAlive(from, until, clock, options.ClockSkew),
            };
        });
        return services.AddAuthorization(Define);
    }

    private static Task RequireIdentity(TokenValidatedContext context)
    {
        if (context.Principal?.TryGetTokenClaims(out _) != true) context.Fail("The token names no subject or no member.");
        return Task.CompletedTask;
    }

    private static void Define(AuthorizationOptions authorization)
    {
        foreach (var policy in TokenPolicies.All)
            authorization.AddPolicy(policy, builder => builder.RequireAuthenticatedUser().RequireRole(TokenPolicies.RolesOf(policy)));
    }

    private static bool IsAlive(DateTime? from, DateTime? until, TimeProvider clock, TimeSpan skew)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (until is null) throw new SecurityTokenNoExpirationException("A token without an end is not accepted.");
        if (now >= until + skew) throw new SecurityTokenExpiredException("The token has expired.");
        return from is null || now >= from - skew;
    }
}
