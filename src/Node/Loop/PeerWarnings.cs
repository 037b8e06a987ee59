using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>How many lines a peer may cause in this node's log: one that sends nonsense as fast as it can must not fill the disk.</summary>
internal sealed class PeerWarnings
{
    /// <summary>Most lines for one peer while the chain stands at one height: enough to see what it does.</summary>
    public const int MaxPerHeight = 8;

    private readonly Dictionary<KeyId, (Height Height, int Count)> _given = []; // one entry a configured peer

    /// <summary>True when one more line about <paramref name="peer"/> may be written while the chain's head is at <paramref name="head"/>.</summary>
    public bool TryTake(KeyId peer, Height head)
    {
        var (height, count) = _given.GetValueOrDefault(peer);
        if (height != head) count = 0;
        if (count >= MaxPerHeight) return false;
        _given[peer] = (head, count + 1);
        return true;
    }
}
