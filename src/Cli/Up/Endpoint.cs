using LicenceChain.Node.Configuration;

namespace LicenceChain.Cli.Up;

/// <summary>Where one region's services listen.</summary>
internal sealed record Endpoint(string Region, string Name, Uri Rest, Uri Swagger, Uri Grpc, Uri Verifier, Uri VerifierSwagger)
{
    public static Endpoint Of(NetworkRegion region) => new(
        region.Code.Value, region.Name, region.NodeRest, new Uri(region.NodeRest, "swagger"), region.NodeGrpc, region.Verifier, new Uri(region.Verifier, "swagger"));
}
