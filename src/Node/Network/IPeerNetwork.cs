using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Network;

/// <summary>Sends to peers whose links are up. Never waits: a peer that does not read loses gossip first, the oldest messages then.</summary>
internal interface IPeerNetwork
{
    /// <summary>Sends to one peer; dropped when its link is down.</summary>
    void Send(KeyId peer, LinkMessage message);

    /// <summary>Sends to every peer. The message is no longer changed afterwards.</summary>
    void Broadcast(LinkMessage message);

    /// <summary>The chain lists these nodes: links are kept to them beside the configured ones, and those of nodes that are no longer among either are closed.</summary>
    void SetPeers(IReadOnlyList<PeerConfiguration> listed);

    /// <summary>Closes a peer's link: it broke the protocol. It may connect again.</summary>
    void Disconnect(KeyId peer, string reason);
}
