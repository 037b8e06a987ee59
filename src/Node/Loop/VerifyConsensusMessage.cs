using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>Every signature and hash of a consensus message (C-FLOOD).</summary>
internal sealed class VerifyConsensusMessage(KeyId peer, ReadOnlyMemory<byte> message, ChainId chain, Height height, ValidatorSet set) : NodeWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override NodeEvent Run() =>
        MessageVerifier.TryVerify(message, chain, height, set, out var verified, out var reason)
            ? new NodeEvent.ConsensusVerified(peer, verified, "")
            : new NodeEvent.ConsensusVerified(peer, null, reason);
}
