using Google.Protobuf;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Sync;

/// <summary>C-SYNC: reads blocks for a peer that lags: as many as it asked for, as long as they fit one message. A damaged block is never served.</summary>
internal sealed class ReadBlocks(IBlockStore store, KeyId peer, Height from, int count) : NodeWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => false;

    /// <inheritdoc/>
    public override NodeEvent Run()
    {
        var response = new BlockResponse();
        var room = SyncLimits.ResponseBytes;
        for (var height = from; response.Blocks.Count < int.Min(count, SyncLimits.MaxBlocks) && store.TryReadBytes(height, out var bytes); height = height.Next)
        {
            room -= bytes.Length;
            if (room < 0 && response.Blocks.Count > 0) break;
            response.Blocks.Add(UnsafeByteOperations.UnsafeWrap(bytes));
        }

        return new NodeEvent.BlocksRead(peer, response);
    }
}
