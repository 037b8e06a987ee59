using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>Serves snapshots to peers that join: a bounded number of parts at a time. What a peer asks beyond is dropped, and it asks again.</summary>
internal sealed class SnapshotServer(ISnapshotShelf shelf, IPeerNetwork network, IVerificationPool workers)
{
    private readonly Dictionary<KeyId, int> _serving = [];
    private int _all;

    /// <summary>A peer asks for the newest.</summary>
    public void OnQueried(KeyId peer) =>
        Read(peer, () => new LinkMessage { SnapshotOffer = new SnapshotOffer { Manifest = Wrap(shelf.NewestManifest()) } });

    /// <summary>A peer asks for a chunk.</summary>
    public void OnChunkRequested(KeyId peer, Height height, int index) =>
        Read(peer, () => new LinkMessage { SnapshotChunk = new SnapshotChunk { Height = height.Value, Index = (uint)index, Content = Wrap(shelf.Chunk(height, index)) } });

    /// <summary>A worker has read.</summary>
    public void OnRead(KeyId peer, LinkMessage answer)
    {
        _all--;
        if (_serving[peer] == 1) _serving.Remove(peer); // counted though its link may be down: what is read is read
        else _serving[peer]--;
        network.Send(peer, answer);
    }

    private void Read(KeyId peer, Func<LinkMessage> read)
    {
        var count = _serving.GetValueOrDefault(peer);
        if (count >= SnapshotLimits.ServedPerPeer || _all >= SnapshotLimits.ServedAtOnce) return;
        _serving[peer] = count + 1;
        _all++;
        workers.Submit(new ReadSnapshotPart(peer, read));
    }

    private static Google.Protobuf.ByteString Wrap(ReadOnlyMemory<byte> bytes) => Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes);

    private sealed class ReadSnapshotPart(KeyId peer, Func<LinkMessage> read) : NodeWork
    {
        public override bool IsUrgent => false;

        public override NodeEvent Run() => new NodeEvent.SnapshotPartRead(peer, read());
    }
}
