using Google.Protobuf;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Healing;

/// <summary>Serves blocks to peers whose disk damaged theirs, from a height downwards; one request of a peer at a time.</summary>
internal sealed class HealingServer(IBlockStore blocks, IPeerNetwork network, IVerificationPool workers)
{
    private readonly HashSet<KeyId> _serving = [];

    /// <summary>A peer asks.</summary>
    public void OnRequested(KeyId peer, Height from, int count)
    {
        if (_serving.Add(peer)) workers.Submit(new ReadDownwards(blocks, peer, from, int.Min(count, HealingLimits.MaxBlocks)));
    }

    /// <summary>A worker has read.</summary>
    public void OnRead(KeyId peer, BlockResponse response)
    {
        _serving.Remove(peer);
        network.Send(peer, new LinkMessage { HealResponse = response });
    }

    private sealed class ReadDownwards(IBlockStore store, KeyId peer, Height from, int count) : NodeWork
    {
        public override bool IsUrgent => false;

        public override NodeEvent Run()
        {
            var response = new BlockResponse();
            var room = SyncLimits.ResponseBytes;
            for (var height = from; response.Blocks.Count < count && store.TryReadBytes(height, out var bytes); height = height.Previous)
            {
                room -= bytes.Length;
                if (room < 0 && response.Blocks.Count > 0) break;
                response.Blocks.Add(UnsafeByteOperations.UnsafeWrap(bytes));
                if (height.Value == 0) break;
            }

            return new NodeEvent.HealingRead(peer, response);
        }
    }
}
