using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Sync;

/// <summary>C-SYNC: serves blocks to peers that lag, one request of a peer at a time: what it asks meanwhile is dropped, and it asks again.</summary>
internal sealed class SyncServer(IBlockStore blocks, IPeerNetwork network, IVerificationPool workers)
{
    private readonly HashSet<KeyId> _serving = [];

    /// <summary>A peer asks.</summary>
    public void OnRequested(KeyId peer, Height from, int count)
    {
        if (_serving.Add(peer)) workers.Submit(new ReadBlocks(blocks, peer, from, count));
    }

    /// <summary>A worker has read.</summary>
    public void OnRead(KeyId peer, BlockResponse response)
    {
        _serving.Remove(peer);
        network.Send(peer, new LinkMessage { BlockResponse = response });
    }
}
