namespace LicenceChain.Consensus;

/// <summary>Bounds of the state machine's own making. Bounds on bytes and validators are those of the protocol.</summary>
public static class ConsensusLimits
{
    /// <summary>Highest round of a height: two years of rounds of 60 seconds. A vote for a later one is refused.</summary>
    public const uint MaxRound = 1_000_000;

    /// <summary>C-FLOOD: per sender and type, the two highest rounds are kept.</summary>
    public const int RoundsKept = 2;

    // At one resend a second, three seconds without a quorum: a round change takes a round trip, not seconds.
    internal const int LonelyResends = 3;

    // One input can at most let a node walk every round that is held (two for each of 100 validators) and do the five things that a round holds.
    internal const int MaxSteps = 2 * 100 * 5 * 2;
}
