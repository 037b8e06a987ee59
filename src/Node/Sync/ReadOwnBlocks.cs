using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Sync;

/// <summary>
/// Blocks that this node holds above its own head: the state was built anew, and the replay met a damaged block. Once that one came from a peer, the rest need
/// not come over the links.
/// </summary>
internal sealed class ReadOwnBlocks(IBlockStore store, KeyId self, Height from) : NodeWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override NodeEvent Run()
    {
        var blocks = new List<ReadOnlyMemory<byte>>();
        for (var height = from; blocks.Count < SyncLimits.MaxBlocks && store.TryReadBytes(height, out var bytes); height = height.Next) blocks.Add(bytes);
        return new NodeEvent.BlocksReceived(self, blocks);
    }
}
