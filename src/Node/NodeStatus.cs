using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node;

/// <summary>Where a node stands. A snapshot: the parts belong together as of the last commit, the counts as of now.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="GenesisHash">SM3 of the genesis document.</param>
/// <param name="Height">Height of the head.</param>
/// <param name="Head">Digest of the head's header.</param>
/// <param name="StateRoot">State root after the head.</param>
/// <param name="HeadTime">Block time of the head.</param>
/// <param name="Peers">Links that are up.</param>
/// <param name="Mempool">Transactions held.</param>
/// <param name="MempoolBytes">Their bytes.</param>
/// <param name="IsValidator">True when this node's key has a seat in the set of the next height.</param>
/// <param name="IsBehind">True while it fetches blocks that others have committed.</param>
/// <param name="Alarm">C-ALARM: why it does not vote, a stable code; empty when it does.</param>
/// <param name="CommittedTransactions">Committed since the node started.</param>
/// <param name="RefusedTransactions">Submitted here and refused, since the node started.</param>
/// <param name="Round">The round that the next height is in: 0 while all is well.</param>
public sealed record NodeStatus(
    ChainId Chain,
    Hash256 GenesisHash,
    Height Height,
    Hash256 Head,
    Hash256 StateRoot,
    UnixTime HeadTime,
    int Peers,
    int Mempool,
    long MempoolBytes,
    bool IsValidator,
    bool IsBehind,
    string Alarm,
    ulong CommittedTransactions,
    ulong RefusedTransactions,
    Round Round)
{
    /// <summary>Lowest block held: 0, or where a snapshot or the archive ends.</summary>
    public Height LowestBlock { get; init; }

    /// <summary>Blocks that the disk damaged and no peer has yet given again.</summary>
    public long MissingBlocks { get; init; }

    /// <summary>Blocks healed from peers since the node started.</summary>
    public ulong HealedBlocks { get; init; }
}
