using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Links;

/// <summary>The links as one life of a node sees them. Each send to each peer is a moment at which the power may go.</summary>
internal sealed class SimulatedPeers(SimulatedNetwork network, SimulatedMachine machine) : IPeerNetwork
{
    public void Send(KeyId peer, LinkMessage message)
    {
        machine.CountOperation();
        network.Checks.OnSend(machine, message);
        Note(message);
        network.Links.Send(machine, peer, message);
    }

    public void Broadcast(LinkMessage message)
    {
        machine.CountOperation();
        network.Checks.OnSend(machine, message);
        Note(message);
        for (var i = 0; i < network.Members.Count; i++)
        {
            var member = network.Members[i];
            if (member.Key == machine.Key) continue;
            network.Links.Send(machine, member.Key, message);
            machine.CountOperation();
        }
    }

    /// <summary>Every machine is linked to every other from the start, as configured peers are.</summary>
    public void SetPeers(IReadOnlyList<PeerConfiguration> listed)
    {
    }

    public void Disconnect(KeyId peer, string reason)
    {
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, $"closes the link with {peer}: {reason}");
        network.Links.Disconnect(machine, peer);
    }

    private void Note(LinkMessage message)
    {
        machine.Note(TraceKind.Sent, (ulong)message.ContentCase, TraceText.Mark(message));
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, "sends " + TraceText.Of(message));
    }
}
