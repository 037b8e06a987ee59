using LicenceChain.Contracts;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Network;

/// <summary>Reads the nodes that governance listed on the chain.</summary>
internal static class ListedNodes
{
    /// <summary>By ascending key; empty before the first was listed.</summary>
    public static IReadOnlyList<PeerConfiguration> Read(IStateReader state) =>
        state.TryGet(StateKeys.Nodes, out var bytes) ? [.. NodesRecord.Parser.ParseFrom(bytes.Span).Nodes.Select(ToPeer)] : [];

    private static PeerConfiguration ToPeer(NodeRecord node) =>
        KeyId.TryFrom(node.KeyId.Span, out var key) && Hash256.TryFrom(node.CertificateSha256.Span, out var certificate)
            ? new PeerConfiguration(key, node.Host, (int)node.Port, new CertificateFingerprint(certificate))
            : throw new NodeFaultException("The state lists a node that is malformed: it is not the state of a chain.");
}
