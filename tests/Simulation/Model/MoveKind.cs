namespace LicenceChain.Simulation.Model;

/// <summary>What a correct seat does in one step of the model.</summary>
internal enum MoveKind
{
    Unspecified = 0,

    /// <summary>The proposer of round 0 gets its work.</summary>
    Work = 1,

    /// <summary>The accepted block was executed.</summary>
    Execute = 2,

    /// <summary>The own block was built.</summary>
    Build = 3,

    /// <summary>The round's timer runs out.</summary>
    Fire = 4,

    /// <summary>The timer of a round is started by RoundChanges of a quorum, and runs out.</summary>
    StartAndFire = 5,

    /// <summary>A proposal arrives and is accepted.</summary>
    Accept = 6,

    /// <summary>The Prepares that complete a quorum arrive.</summary>
    Prepare = 7,

    /// <summary>f+1 RoundChanges of later rounds arrive.</summary>
    Jump = 8,

    /// <summary>A RoundChange arrives at the proposer of its round.</summary>
    Collect = 9,

    /// <summary>The Commits that complete a quorum arrive.</summary>
    Decide = 10,

    /// <summary>Crash and restart over the kept log.</summary>
    Restart = 11,
}
