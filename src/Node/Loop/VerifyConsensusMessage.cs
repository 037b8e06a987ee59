using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>Every signature and hash of a consensus message (C-FLOOD).</summary>
internal sealed class VerifyConsensusMessage(KeyId peer, ReadOnlyMemory<byte> message, ChainId chain, Height height, ValidatorSet set) : SignatureWork
{
    /// <summary>Who sent it.</summary>
    public KeyId Peer => peer;

    /// <summary>The exact bytes.</summary>
    public ReadOnlyMemory<byte> Message => message;

    /// <summary>The height that it must be of.</summary>
    public Height Height => height;

    /// <summary>The validators that may have signed it.</summary>
    public ValidatorSet Set => set;

    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override NodeEvent Run(ISignatureChecks signatures) =>
        MessageVerifier.TryVerify(message, chain, height, set, signatures, out var verified, out var reason)
            ? new NodeEvent.ConsensusVerified(peer, verified, "")
            : new NodeEvent.ConsensusVerified(peer, null, reason);
}
