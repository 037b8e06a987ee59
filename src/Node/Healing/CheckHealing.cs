using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Healing;

/// <summary>
/// Checks blocks from the highest down: each must be the parent that the one above names. Its certificate is the one that the block above carries, which is hashed into
/// that block; so hashes alone decide every byte that is stored, and no signature need be believed.
/// </summary>
internal sealed class CheckHealing(IBlockStore store, ChainHead head, Height top, KeyId peer, IReadOnlyList<ReadOnlyMemory<byte>> blocks) : NodeWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => false;

    /// <inheritdoc/>
    public override NodeEvent Run()
    {
        var healed = new List<CommittedBlock>(blocks.Count);
        if (!TryAnchor(out var expected, out var certificate)) return new NodeEvent.HealingChecked(peer, healed, true);
        foreach (var bytes in blocks)
        {
            if (!CommittedBlock.TryParse(bytes, out var block) || block.Block.Header.Digest != expected) return new NodeEvent.HealingChecked(peer, healed, false);
            healed.Add(certificate is null || certificate.Hash == block.Certificate?.Hash ? block : CommittedBlock.Of(block.Block, certificate, block.Receipts));
            expected = block.Block.Header.Fields.Parent;
            certificate = block.Block.LastCommit;
            if (block.Block.Header.Height.Value == 0) break;
        }

        return new NodeEvent.HealingChecked(peer, healed, true);
    }

    // False when the block above was lost meanwhile too: it is asked for first, then.
    private bool TryAnchor(out Hash256 expected, out CommitCertificate? certificate)
    {
        (expected, certificate) = (head.Header.Digest, head.Certificate);
        if (top == head.Height) return true;
        if (!store.TryRead(top.Next, out var above)) return false;
        (expected, certificate) = (above.Block.Header.Fields.Parent, above.Block.LastCommit);
        return true;
    }
}
