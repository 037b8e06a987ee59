namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>What a join is at.</summary>
public enum JoinPhase
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>Asks the peers what they offer.</summary>
    Looking = 1,

    /// <summary>Fetches chunks and checks each.</summary>
    Fetching = 2,

    /// <summary>Builds rows, tree and blocks, and compares the root.</summary>
    Building = 3,
}
