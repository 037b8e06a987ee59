using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>What the status says beside the head.</summary>
internal sealed record NodeCounts(int Peers, int Mempool, long MempoolBytes, bool IsValidator, bool IsBehind, string Alarm, ulong Refused, Round Round)
{
    /// <summary>Lowest block held.</summary>
    public Height Lowest { get; init; }

    /// <summary>Blocks that are damaged or missing.</summary>
    public long Missing { get; init; }

    /// <summary>Blocks healed from peers since the node started.</summary>
    public ulong Healed { get; init; }

    /// <summary>Before the first event.</summary>
    public static NodeCounts None { get; } = new(0, 0, 0, false, false, "", 0, default);
}
