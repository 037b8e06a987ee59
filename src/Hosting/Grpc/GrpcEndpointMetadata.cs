namespace LicenceChain.Hosting.Grpc;

/// <summary>Marks an endpoint whose refusals are gRPC statuses and not problem documents.</summary>
internal sealed class GrpcEndpointMetadata
{
    public static readonly GrpcEndpointMetadata Instance = new();
}
