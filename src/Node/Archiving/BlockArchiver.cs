using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Archiving;

/// <summary>Moves sealed segments that a running node need not keep to its archive: copied and checked by a worker, taken away once they are there. The loop's own.</summary>
internal sealed class BlockArchiver(ChainState chain, NodeSeams seams, ILogger logger)
{
    private bool _isBusy;
    private int _pause;

    /// <summary>Once a second.</summary>
    public void OnTick()
    {
        if (seams.Archive is not { } plan || _isBusy || _pause-- > 0) return;
        _pause = 0;
        if (!seams.Blocks.TryOldest(ArchiveLimits.LowestKept(chain.Height, chain.Parameters, plan.KeepBlocks, plan.Margin), out var first, out var last)) return;
        _isBusy = true;
        seams.Workers.Submit(new ArchiveSegment(plan.Folder, seams.Blocks, first, last));
    }

    /// <summary>A worker has copied a segment, or could not.</summary>
    public void OnArchived(Height first, Height last, string? failure)
    {
        _isBusy = false;
        if (failure is not null)
        {
            _pause = ArchiveLimits.PauseTicks;
            Log.ArchiveFailed(logger, first.Value, failure);
            return;
        }

        seams.Blocks.RemoveBelow(last.Next);
        Log.Archived(logger, first.Value, last.Value);
    }

    private sealed class ArchiveSegment(ArchiveFolder folder, Storage.IBlockStore blocks, Height first, Height last) : NodeWork
    {
        public override bool IsUrgent => false;

        public override NodeEvent Run()
        {
            try
            {
                folder.Add(blocks, first, last);
                return new NodeEvent.SegmentArchived(first, last, null);
            }
            catch (Exception e) when (e is StorageFaultException or Storage.CorruptStorageException)
            {
                return new NodeEvent.SegmentArchived(first, last, e.Message); // the chain does not depend on it
            }
        }
    }
}
