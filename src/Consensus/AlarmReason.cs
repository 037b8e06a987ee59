namespace LicenceChain.Consensus;

/// <summary>C-ALARM: why a node does not vote, or what it saw that an operator must know.</summary>
public enum AlarmReason
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>Others are at a later height; nobody votes while behind (C-SYNC).</summary>
    Behind = 1,

    /// <summary>The roots computed here differ from those of the block.</summary>
    Diverged = 2,

    /// <summary>The write-ahead log is missing or damaged (C-RESTART).</summary>
    LogLost = 3,

    /// <summary>The consensus key is no longer valid. Raised by the node.</summary>
    KeyExpired = 4,

    /// <summary>Fewer than a quorum of validators ask for this round or a later one.</summary>
    PeersMissing = 5,

    /// <summary>Another vote for the same type, height and round is in the log: this one was not signed (C-WAL).</summary>
    ConflictingVote = 6,

    /// <summary>A vote signed with this node's key that this node did not make: the key runs on two hosts.</summary>
    KeyInUseElsewhere = 7,

    /// <summary>The proposed block breaks a rule.</summary>
    InvalidProposal = 8,

    /// <summary>A block built here is not fresh, or a proposal lies too far from the clock here: a clock is off (C-FRESH).</summary>
    ClockSkew = 9,

    /// <summary>The height has used up every round number.</summary>
    RoundLimit = 10,
}
