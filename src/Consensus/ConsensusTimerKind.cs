namespace LicenceChain.Consensus;

/// <summary>What a timer is for.</summary>
public enum ConsensusTimerKind
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>T(r) of C-TIMER.</summary>
    Round = 1,

    /// <summary>Own votes are sent again (C-WAL).</summary>
    Resend = 2,

    /// <summary>The head is so old that a heartbeat block is due (C-TIMER).</summary>
    Heartbeat = 3,
}
