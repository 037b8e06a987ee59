namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>The two kinds of C-EVIDENCE.</summary>
internal enum ContradictionKind
{
    Unspecified = 0,

    /// <summary>(1) Two votes of one type, height and round that say different things.</summary>
    Equivocation = 1,

    /// <summary>(2) A Commit and a later RoundChange that knows nothing of it.</summary>
    Amnesia = 2,
}
