using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LicenceChain.Verifier.Api;

/// <summary>The OpenAPI document and the Swagger UI.</summary>
internal static class VerifierDocument
{
    private const string Scheme = "bearer";

    public static void AddVerifierDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo { Title = "LicenceChain Verifier", Version = "v1", Description = "Errors are RFC 9457 problem details with a stable code. A decision that refuses is no error." });
            options.AddSecurityDefinition(Scheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, BearerFormat = "JWT" });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] });
            options.DocInclusionPredicate((_, description) => description.RelativePath is { } path && path.StartsWith("v1/", StringComparison.Ordinal));
        });
    }

    public static void UseVerifierDocument(this IApplicationBuilder app)
    {
        app.UseSwagger();
        app.UseSwaggerUI();
    }
}
