using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LicenceChain.Node.Api;

/// <summary>The OpenAPI document at /swagger/v1/swagger.json and its UI at /swagger.</summary>
internal static class OpenApi
{
    private const string Bearer = "bearer";

    public static void AddNodeOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "LicenceChain node",
                Version = "v1",
                Description = "Bodies marked application/x-protobuf are the messages of src/Protocol/Proto. Errors are RFC 9457 problem details with a stable code.",
            });
            options.CustomSchemaIds(type => type.Name);
            options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
            options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] });
            options.OperationFilter<OpenApiDetails>();
            options.DocInclusionPredicate((_, description) => description.RelativePath is { } path && path.StartsWith("v1/", StringComparison.Ordinal));
        });
    }

    public static void MapNodeOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI();
    }
}
