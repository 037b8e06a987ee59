namespace LicenceChain.Node.Loop;

/// <summary>What a timer of the loop is for.</summary>
internal enum TimerKind
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>The state machine's.</summary>
    Consensus = 1,

    /// <summary>The least time between two blocks is over.</summary>
    Pacing = 2,

    /// <summary>A peer is one block ahead: look again whether our own decision came meanwhile.</summary>
    SyncLook = 3,

    /// <summary>A peer owes blocks.</summary>
    SyncTimeout = 4,

    /// <summary>Gossip again what waits for long; refresh the counts of the status.</summary>
    Housekeeping = 5,

    /// <summary>Peers had time enough to tell where this node diverges: it stops now.</summary>
    Halt = 6,

    /// <summary>A node that joins looks at what it waits for.</summary>
    SnapshotTick = 20,
}
