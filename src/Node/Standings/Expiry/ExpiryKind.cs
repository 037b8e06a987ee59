namespace LicenceChain.Node.Standings.Expiry;

/// <summary>What of a node or its member expires.</summary>
public enum ExpiryKind
{
    /// <summary>None.</summary>
    Unspecified = 0,

    /// <summary>The key that votes, or follows as an observer.</summary>
    ConsensusKey = 1,

    /// <summary>The key of checkpoints and vault requests.</summary>
    ServiceKey = 2,

    /// <summary>The governing key of the node's member that is valid longest: without one the member takes part in no vote.</summary>
    GoverningKey = 3,

    /// <summary>The certificate on links.</summary>
    LinkCertificate = 4,
}
