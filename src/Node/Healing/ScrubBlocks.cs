using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Healing;

/// <summary>Reads some blocks again from a height on; the store notes what does not check out.</summary>
internal sealed class ScrubBlocks(IBlockStore store, Height from) : NodeWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => false;

    /// <inheritdoc/>
    public override NodeEvent Run()
    {
        var height = from < store.Lowest ? store.Lowest : from;
        for (var room = HealingLimits.ScrubBytes; room > 0 && store.Head is { } head && height <= head; height = height.Next)
            room -= store.TryReadBytes(height, out var bytes) ? bytes.Length : 1;
        return new NodeEvent.BlocksScrubbed(height, store.Head is not { } last || height > last);
    }
}
