namespace LicenceChain.Node.Mempool;

/// <summary>Bounds of what a node holds for others.</summary>
internal static class MempoolLimits
{
    /// <summary>Transactions held: some 20 s of work at 1,500 a second.</summary>
    public const int MaxTransactions = 32_768;

    /// <summary>Bytes held.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>One member's share of the transactions: a quarter, so that three others always find room.</summary>
    public const int MaxMemberTransactions = MaxTransactions / 4;

    /// <summary>One member's share of the bytes.</summary>
    public const long MaxMemberBytes = MaxBytes / 4;

    /// <summary>Most bytes of submissions that wait for a place in the loop's queue: as much as the mempool itself; all streams together could bring far more.</summary>
    public const long MaxWaitingBytes = MaxBytes;

    /// <summary>Transactions on their way through the signature check: at 120 µs each, two seconds of one core.</summary>
    public const int MaxInFlight = 16_384;

    /// <summary>Signatures that one worker checks at a time: long enough to amortise, short enough (4 ms at most) to let consensus in.</summary>
    public const int VerificationBatch = 32;

    /// <summary>Ids of transactions whose signature was found good, in one generation of two: twice what the mempool can hold.</summary>
    public const int VerifiedGeneration = MaxTransactions * 2;

    /// <summary>Bytes of transactions in one gossip message.</summary>
    public const int GossipBytes = 512 * 1024;

    /// <summary>Most transactions in one gossip message; a longer one is refused.</summary>
    public const int GossipTransactions = 2_048;

    /// <summary>While no block comes for this long, what our clients submitted is gossiped again.</summary>
    public const ulong RegossipMs = 3_000;
}
