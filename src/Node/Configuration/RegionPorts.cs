namespace LicenceChain.Node.Configuration;

/// <summary>The TCP ports of one region's processes, 1 to 65535.</summary>
/// <param name="Link">Node-to-node link.</param>
/// <param name="Rest">The node's REST API.</param>
/// <param name="Grpc">The node's gRPC API.</param>
/// <param name="Verifier">The Verifier's REST API.</param>
public readonly record struct RegionPorts(int Link, int Rest, int Grpc, int Verifier);
