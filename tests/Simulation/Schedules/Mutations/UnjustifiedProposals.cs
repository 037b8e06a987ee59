using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>A verifier that looks at a proposal's signature and block, and never at its justification.</summary>
internal sealed class UnjustifiedProposals(Bench bench) : Mutation
{
    public override bool IsBlindToDrag => true;

    public override VerifiedMessage? Trusts(Known refused)
    {
        if (refused.Refusal != "justification" || refused.Parse()?.Proposal is not { } proposal) return null;
        if (!new VoteReader(TestKeys.Chain, refused.Height, bench.Set, VoteSignatures.Instance).TryRead(proposal.Vote, proposal.Vote.Type, out var vote)) return null;
        return Block.TryParse(proposal.Block.Memory, out var block) ? new VerifiedMessage(vote, bench.Set.Hash, refused.Bytes, block) : null;
    }
}
