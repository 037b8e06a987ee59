using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>However much peers ask, only so many parts are read at a time.</summary>
public sealed class SnapshotServerTests : IPeerNetwork, IVerificationPool
{
    private static readonly Height At = new(100);

    private readonly Queue<NodeWork> _work = new();
    private readonly SnapshotServer _server;
    private int _sent;

    public SnapshotServerTests() => _server = new SnapshotServer(NoSnapshots.Instance, this, this);

    [Fact]
    public void A_peer_gets_so_many_parts_at_a_time_and_the_rest_is_dropped()
    {
        for (var index = 0; index < 100; index++) _server.OnChunkRequested(Peer(1), At, index);

        Assert.Equal(SnapshotLimits.ServedPerPeer, _work.Count);
    }

    [Fact]
    public void All_peers_together_get_so_many_parts_at_a_time()
    {
        for (byte peer = 1; peer <= 50; peer++)
            for (var index = 0; index < 4; index++) _server.OnChunkRequested(Peer(peer), At, index);

        Assert.Equal(SnapshotLimits.ServedAtOnce, _work.Count);
    }

    [Fact]
    public void What_was_read_makes_room_for_the_next()
    {
        for (var index = 0; index < 100; index++)
        {
            _server.OnChunkRequested(Peer(1), At, index);
            Assert.True(_work.TryDequeue(out var work));
            var read = Assert.IsType<NodeEvent.SnapshotPartRead>(work.Run());
            _server.OnRead(read.Peer, read.Answer);
        }

        Assert.Equal(100, _sent);
    }

    void IVerificationPool.Submit(NodeWork work) => _work.Enqueue(work);

    void IPeerNetwork.Send(KeyId peer, LinkMessage message) => _sent++;

    void IPeerNetwork.Broadcast(LinkMessage message) => throw new InvalidOperationException("Nobody else asked.");

    void IPeerNetwork.Disconnect(KeyId peer, string reason) => throw new InvalidOperationException(reason);

    void IPeerNetwork.SetPeers(IReadOnlyList<PeerConfiguration> listed) => throw new InvalidOperationException("It serves, it does not choose.");

    private static KeyId Peer(byte number) => new(Sm3.Hash([number]));
}
