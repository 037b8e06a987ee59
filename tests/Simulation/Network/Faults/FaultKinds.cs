namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What may go wrong.</summary>
[Flags]
internal enum FaultKinds
{
    None = 0,

    /// <summary>A machine loses power, or a node is killed, and starts again; now and then all at once.</summary>
    Crash = 1,

    /// <summary>The power goes at the k-th write, flush or send from now.</summary>
    CrashPoint = 2,

    /// <summary>The vote log vanishes or is damaged while the node is down (C-RESTART).</summary>
    LostLog = 4,

    /// <summary>A key runs on two machines, the second with a copy of the data or with none.</summary>
    Twin = 8,

    /// <summary>The network falls into parts.</summary>
    Partition = 16,

    /// <summary>Some can be heard and hear nothing, or the other way round.</summary>
    OneWay = 32,

    /// <summary>Messages are lost.</summary>
    Loss = 64,

    /// <summary>Messages arrive twice.</summary>
    Duplicate = 128,

    /// <summary>Messages overtake each other.</summary>
    Reorder = 256,

    /// <summary>Lines are slow: seconds of latency, or little bandwidth.</summary>
    SlowLink = 512,

    /// <summary>Clocks are off, and jump.</summary>
    Clock = 1024,

    /// <summary>A crash leaves unflushed writes in pieces.</summary>
    TornWrite = 2048,

    /// <summary>Bits of stored blocks change.</summary>
    BitRot = 4096,

    /// <summary>A disk is full for a while.</summary>
    FullDisk = 8192,

    /// <summary>Flushes take up to seconds.</summary>
    SlowFlush = 16384,

    /// <summary>A member gets a seat: a new one, whose node observed first, or one that had lost it.</summary>
    AddSeat = 1 << 15,

    /// <summary>A member loses its seat.</summary>
    RemoveSeat = 1 << 16,

    /// <summary>A seat's consensus key is replaced.</summary>
    RotateKey = 1 << 17,

    /// <summary>Governance lets a key vote again whose log was lost.</summary>
    ForgiveLog = 1 << 18,

    /// <summary>Governance changes timeouts, heartbeat and size of blocks.</summary>
    Parameters = 1 << 19,

    /// <summary>Governance schedules a version of the protocol; programs are replaced one by one.</summary>
    Upgrade = 1 << 20,

    /// <summary>A machine's blocks and rows are gone: it comes to the head by a snapshot. Nodes make snapshots all the while.</summary>
    LostData = 1 << 21,

    /// <summary>Nodes move old blocks to their archives.</summary>
    Archive = 1 << 22,

    /// <summary>Every kind.</summary>
    All = (1 << 23) - 1,
}
