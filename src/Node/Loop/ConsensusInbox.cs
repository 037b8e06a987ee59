using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>C-FLOOD: which of the peers' consensus messages go on to be verified: those of the height above the head and the next one that are not held yet, and of each peer a bounded number at a time.</summary>
internal sealed class ConsensusInbox(ChainState chain, IVerificationPool workers, Func<Height, ReadOnlyMemory<byte>, bool> holds)
{
    /// <summary>Messages of one peer that workers hold. A correct peer sends four a round and resends each second.</summary>
    public const int MaxInFlight = 64;

    private readonly Dictionary<KeyId, int> _inFlight = [];

    /// <summary>Passes a message on, or drops it: whoever sent it sends it again each second until the height is decided (C-WAL).</summary>
    public void Receive(KeyId peer, Height height, ReadOnlyMemory<byte> message)
    {
        if (height <= chain.Height || height.Value > chain.Height.Value + 2) return;
        var inFlight = _inFlight.GetValueOrDefault(peer);
        if (inFlight >= MaxInFlight || holds(height, message)) return;
        _inFlight[peer] = inFlight + 1;
        workers.Submit(new VerifyConsensusMessage(peer, message, chain.Chain, height, chain.Next));
    }

    /// <summary>A worker gave one back.</summary>
    public void Returned(KeyId peer) => _inFlight[peer] = _inFlight.GetValueOrDefault(peer) - 1;
}
