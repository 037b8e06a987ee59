using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-FRESH: what a proposal must be besides signed and justified. That its transactions are valid, the node's execution says.</summary>
internal static class ProposalRules
{
    /// <summary>True when the proposal may be accepted now; a fresh one refused for its time may pass later.</summary>
    public static bool IsAcceptable(VerifiedMessage proposal, BlockHeader head, ValidatorSet set, UnixTime now, uint driftMs)
    {
        var header = proposal.Block!.Header;
        if (!Extends(proposal.Block, head)) return false;

        // A block that was prepared once was fresh then. Its time is not held against the clock again: it only grows older.
        return proposal.Prepares.Count > 0 || IsFresh(header, head, set, proposal.Round, now, driftMs);
    }

    /// <summary>Time after the parent's and near the clock; built by the proposer of the round.</summary>
    public static bool IsFresh(BlockHeader header, BlockHeader head, ValidatorSet set, Round round, UnixTime now, uint driftMs)
    {
        var proposer = set.Validators[set.ProposerIndex(header.Height, round)].Key.Id;
        var drift = header.Time > now ? header.Time.Milliseconds - now.Milliseconds : now.Milliseconds - header.Time.Milliseconds;
        return header.Time > head.Time && drift <= driftMs && header.Fields.Proposer == proposer.Value;
    }

    /// <summary>C-HEADER: stands on the head, and names a certificate of the head (C-CERT); its signatures are checked when the block is executed.</summary>
    public static bool Extends(Block block, BlockHeader head) =>
        block.Header.Fields.Parent == head.Digest
        && block.Header.Height == head.Height.Next
        && (block.LastCommit is null || (block.LastCommit.Height == head.Height && block.LastCommit.Digest == head.Digest));
}
