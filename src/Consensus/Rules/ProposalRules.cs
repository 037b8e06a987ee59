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

    /// <summary>True when nothing but its distance from the clock keeps a fresh proposal from being accepted: one of the two clocks is off (C-ALARM).</summary>
    public static bool IsOffClock(VerifiedMessage proposal, BlockHeader head, UnixTime now, ulong driftMs) =>
        proposal.Prepares.Count == 0 && Extends(proposal.Block!, head) && proposal.Block!.Header.Time > head.Time && Drift(proposal.Block.Header, now) > driftMs;

    /// <summary>Time after the parent's and near the clock; built by the proposer of the round.</summary>
    public static bool IsFresh(BlockHeader header, BlockHeader head, ValidatorSet set, Round round, UnixTime now, uint driftMs)
    {
        var proposer = set.Validators[set.ProposerIndex(header.Height, round)].Key.Id;
        return header.Time > head.Time && Drift(header, now) <= driftMs && header.Fields.Proposer == proposer.Value;
    }

    /// <summary>C-HEADER: stands on the head, and names a certificate of the head (C-CERT); its signatures are checked when the block is executed.</summary>
    public static bool Extends(Block block, BlockHeader head) =>
        block.Header.Fields.Parent == head.Digest
        && block.Header.Height == head.Height.Next
        && (block.LastCommit is null || (block.LastCommit.Height == head.Height && block.LastCommit.Digest == head.Digest));

    private static ulong Drift(BlockHeader header, UnixTime now) =>
        header.Time > now ? header.Time.Milliseconds - now.Milliseconds : now.Milliseconds - header.Time.Milliseconds;
}
