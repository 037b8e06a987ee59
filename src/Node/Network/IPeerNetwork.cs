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

    /// <summary>Closes a peer's link: it broke the protocol. It may connect again.</summary>
    void Disconnect(KeyId peer, string reason);
}
