using System.Net;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>One region of a network directory: its bureau, its ports, and where its files are.</summary>
/// <param name="Code">GB/T 2260.</param>
/// <param name="Name">For example 上海市.</param>
/// <param name="Bureau">The member that runs its node and its Verifier.</param>
/// <param name="Host">Address of the host they run on.</param>
/// <param name="Ports">Where they listen there.</param>
/// <param name="NodeConfigurationPath">node.json.</param>
/// <param name="VerifierConfigurationPath">verifier.json.</param>
public sealed record NetworkRegion(
    RegionCode Code, string Name, OrganisationCode Bureau, IPAddress Host, RegionPorts Ports, string NodeConfigurationPath, string VerifierConfigurationPath)
{
    /// <summary>Label of the consensus key in a node's keystore; one that is to replace it is labelled so with a suffix, for example <c>consensus-2</c>.</summary>
    public const string ConsensusLabel = NetworkKeys.Consensus;

    /// <summary>The node's keystore.</summary>
    public string NodeKeystorePath => Beside(NetworkPaths.Keystore);

    /// <summary>The node's link certificate, PEM.</summary>
    public string NodeCertificatePath => Beside(NetworkPaths.LinkCertificate);

    /// <summary>The link certificate that is to replace it, PEM; <see cref="NextLinkCertificate"/> makes it.</summary>
    public string NextNodeCertificatePath => Beside(NetworkPaths.NextLinkCertificate);

    /// <summary>The node's REST API.</summary>
    public Uri NodeRest => Service(Ports.Rest);

    /// <summary>The node's gRPC API (HTTP/2 in the clear).</summary>
    public Uri NodeGrpc => Service(Ports.Grpc);

    /// <summary>The Verifier's REST API.</summary>
    public Uri Verifier => Service(Ports.Verifier);

    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(NodeConfigurationPath)!, file);

    private Uri Service(int port) => new UriBuilder("http", Host.ToString(), port).Uri;
}
