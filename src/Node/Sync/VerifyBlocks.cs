using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Sync;

/// <summary>
/// C-SYNC: parses a range of blocks and checks each certificate against the set that decides the first. Where the set changes within the range the
/// rest is left: it is asked for again once the new set is known.
/// </summary>
internal sealed class VerifyBlocks(KeyId peer, IReadOnlyList<ReadOnlyMemory<byte>> blocks, ChainId chain, Height first, ValidatorSet set) : SignatureWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override NodeEvent Run(ISignatureChecks signatures)
    {
        var verified = new List<CommittedBlock>(blocks.Count);
        var expected = first;
        foreach (var bytes in blocks)
        {
            if (!CommittedBlock.TryParse(bytes, out var block) || block.Certificate is null || block.Block.Header.Fields.Chain != chain) return Answer(verified, false);
            var height = block.Block.Header.Height;
            if (verified.Count == 0 && height < first) continue; // decided here since they were asked for
            if (height != expected) return Answer(verified, false);
            if (block.Block.Header.Fields.ValidatorsHash != set.Hash) return Answer(verified, verified.Count > 0);
            if (!signatures.IsCertified(block.Certificate, chain, set)) return Answer(verified, false);
            verified.Add(block);
            expected = expected.Next;
        }

        return Answer(verified, true);
    }

    private NodeEvent.BlocksVerified Answer(List<CommittedBlock> verified, bool allHold) => new(peer, verified, allHold);
}
