namespace LicenceChain.Node.Standings;

/// <summary>Reasons of a standing that the node gives beside those of the consensus (AlarmCodes). Listed in docs/reference/codes.md.</summary>
internal static class StandingCodes
{
    /// <summary>The node stopped itself: an invariant does not hold.</summary>
    public const string Halted = "halted";

    /// <summary>The node stopped itself: a disk cannot be written or read.</summary>
    public const string Storage = "storage";

    /// <summary>The node stopped itself: a decided block gives other roots here.</summary>
    public const string Diverged = "diverged";

    /// <summary>The consensus key is suspended, removed, or its time is over.</summary>
    public const string KeyExpired = "key-expired";
}
