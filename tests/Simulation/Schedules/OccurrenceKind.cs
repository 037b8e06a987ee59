namespace LicenceChain.Simulation.Schedules;

/// <summary>What can happen.</summary>
internal enum OccurrenceKind
{
    Unspecified = 0,

    /// <summary>A message arrives at a host.</summary>
    Arrival = 1,

    /// <summary>The liars hear a message.</summary>
    Overheard = 2,

    /// <summary>The liars act by themselves.</summary>
    Mischief = 3,

    /// <summary>A timer of a state machine runs out.</summary>
    Timer = 4,

    /// <summary>A host built a block.</summary>
    Built = 5,

    /// <summary>A host executed a block.</summary>
    Executed = 6,

    /// <summary>A host applied what it stored.</summary>
    Applied = 7,

    /// <summary>A host starts.</summary>
    Start = 8,

    /// <summary>A host stops at once.</summary>
    Crash = 9,

    /// <summary>Hosts tell each other their heads.</summary>
    Status = 10,

    /// <summary>Blocks with certificates arrive.</summary>
    Blocks = 11,
}
