using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>What the status says beside the head.</summary>
internal sealed record NodeCounts(int Peers, int Mempool, long MempoolBytes, bool IsValidator, bool IsBehind, string Alarm, ulong Refused, Round Round)
{
    /// <summary>Before the first event.</summary>
    public static NodeCounts None { get; } = new(0, 0, 0, false, false, "", 0, default);
}
