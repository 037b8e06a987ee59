namespace LicenceChain.Cli.Why;

/// <summary>What is known of a validator's part in the next height.</summary>
internal enum SeatState
{
    Unspecified = 0,

    /// <summary>It votes, by its own word.</summary>
    Votes = 1,

    /// <summary>It was not asked, but peers have a link to it and heard lately that it votes.</summary>
    SaidToVote = 2,

    /// <summary>It runs and does not vote.</summary>
    Abstains = 3,

    /// <summary>It is stopped, cut off or hangs.</summary>
    Silent = 4,
}
