using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>The peers of a node that joins, each answering as the test says; time passes only when the test lets it.</summary>
internal sealed class ScriptedPeers : IPeerNetwork, ITimers, IProgress<JoinProgress>
{
    private readonly Dictionary<KeyId, ScriptedPeer> _peers = [];
    private readonly Queue<NodeEvent> _events = new();

    public ScriptedPeers(SnapshotChain chain, string data, JoinPolicy policy, params ScriptedPeer[] peers)
    {
        foreach (var peer in peers) _peers.Add(peer.Key, peer);
        Folder = JoinFolder.Of(data);
        Session = new JoinSession(new SnapshotTrust(chain.Anchor, null), policy, _peers.Keys, this, this, Folder, this, NullLogger.Instance);
    }

    public static JoinPolicy MustJoin => new(default, MayReplay: false);

    public JoinSession Session { get; }

    public JoinFolder Folder { get; }

    public List<(KeyId Peer, string Reason)> Disconnected { get; } = [];

    public List<(KeyId Peer, int Index)> Asked { get; } = [];

    /// <summary>Starts, with all peers that can be reached, and goes on until nothing more happens.</summary>
    public ScriptedPeers Run()
    {
        Session.Handle(new NodeEvent.Started());
        foreach (var peer in _peers.Values) Session.Handle(peer.IsReachable ? new NodeEvent.PeerConnected(peer.Key) : new NodeEvent.PeerUnreachable(peer.Key));
        return Settle();
    }

    /// <summary>Lets time pass.</summary>
    public ScriptedPeers Pass(int ticks)
    {
        for (var i = 0; i < ticks && Session.Outcome is null; i++)
        {
            Session.Handle(new NodeEvent.TimerFired(new TimerId(TimerKind.SnapshotTick)));
            Settle();
        }

        return this;
    }

    public ScriptedPeers Settle()
    {
        while (_events.TryDequeue(out var next)) Session.Handle(next);
        return this;
    }

    public void Send(KeyId peer, LinkMessage message)
    {
        if (message.SnapshotChunkRequest is { } request) Asked.Add((peer, (int)request.Index));
        if (_peers[peer].Answer(message) is { } answer) _events.Enqueue(LinkInbox.Read(peer, LinkMessage.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(answer))));
    }

    public void Broadcast(LinkMessage message) => throw new InvalidOperationException("A node that joins has nothing to tell everybody.");

    public void Disconnect(KeyId peer, string reason) => Disconnected.Add((peer, reason));

    public void SetPeers(IReadOnlyList<Node.Configuration.PeerConfiguration> listed) => throw new InvalidOperationException("A node that joins has no chain that lists peers.");

    public void Arm(TimerId timer, ulong delayMs)
    {
    }

    public void Cancel(TimerId timer)
    {
    }

    public void Report(JoinProgress value)
    {
    }
}
